"""Indicators from files: what the commands, notebooks and pages call.

Each question reads a file of observations (the tidy layout or a public one) and is answered with an
:class:`~placeplan.app.indicators.reporting.IndicatorReport`: tables, pictures, sentences, and what was set aside.
"""
