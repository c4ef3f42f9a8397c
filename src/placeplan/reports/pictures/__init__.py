"""Statistical pictures: results of the indicators as Vega-Lite data, with words that say what they show.

Each picture is a pure function from results to a :class:`~placeplan.reports.pictures.picture.StatisticalPicture`.
"""
