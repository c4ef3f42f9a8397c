"""Every address of the workspace."""

from django.urls import include, path

from placeplan.web import health, metrics
from placeplan.web.access.views import signing_in

handler400 = "placeplan.web.faults.unreadable"
handler404 = "placeplan.web.faults.missing"
handler500 = "placeplan.web.faults.fault"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/worker", health.worker, name="worker"),
    path("health/metrics", metrics.metrics, name="metrics"),
    path("", include("placeplan.web.access.urls")),
    # The name by which the sign-in library finds the way back from a provider; none of its own pages is here.
    path("sign-in/single/<slug:provider_id>/back/", signing_in.single_sign_on_back, name="openid_connect_callback"),
    path("", include("placeplan.web.auditing.urls")),
    path("", include("placeplan.web.planning.urls")),
    path("", include("placeplan.web.chapters.urls")),
    path("", include("placeplan.web.performance.urls")),
    path("", include("placeplan.web.population.urls")),
    path("", include("placeplan.web.editing.urls")),
    path("", include("placeplan.web.care.urls")),
    path("", include("placeplan.web.money.urls")),
    path("", include("placeplan.web.evidencing.urls")),
    path("", include("placeplan.web.signing.urls")),
    path("", include("placeplan.web.commitments.urls")),
    path("", include("placeplan.web.assuring.urls")),
    path("", include("placeplan.web.meetings.urls")),
    path("", include("placeplan.web.timeline.urls")),
    path("", include("placeplan.web.discussing.urls")),
    path("", include("placeplan.web.publishing.urls")),
    path("", include("placeplan.web.exchanging.urls")),
    path("", include("placeplan.web.programs.urls")),
]
