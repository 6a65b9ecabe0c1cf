"""Files: asked for, and handed out to who may read them."""

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from core.views import PostOnly
from reports import services
from reports.audiences import Audience
from reports.composing import composers
from reports.models import Rendition

# Whoever reads as one of these may also read what is made for the others.
READS: dict[str, set[Audience]] = {
    Audience.STAFF: {Audience.STAFF, Audience.MEMBERS, Audience.PUBLIC},
    Audience.MEMBERS: {Audience.MEMBERS, Audience.PUBLIC},
    Audience.PUBLIC: {Audience.PUBLIC},
}


def require_reader(user, kind, subject, audience):
    """Show who may not read the subject as, or as more than, the audience, that there is nothing. Raises Http404."""
    reads_as = composers[kind].audience_of(user, subject)
    if reads_as is None or audience not in READS[reads_as]:
        raise Http404  # as for all that is not there for who asks


def require_released(user, rendition):
    """Refuse a file that was last current while its subject was a draft to this reader."""
    since = composers[rendition.kind].open_since(user, rendition.subject)
    if since and rendition.current_at < since:
        raise PermissionDenied
    if not Rendition.objects.open().filter(pk=rendition.pk).exists():
        raise PermissionDenied(
            _("Something in this file has become secret since it was made. Ask the secretary for a new one.")
        )


class RenditionFile(View):
    """Hand out a file, inline, so that a tablet opens it."""

    def get(self, request, pk):
        rendition = get_object_or_404(Rendition, pk=pk)
        require_reader(request.user, rendition.kind, rendition.subject, rendition.audience)
        require_released(request.user, rendition)
        try:
            content = rendition.file.open("rb")
        except FileNotFoundError:
            return self.lost(request, rendition)
        return FileResponse(
            content,
            filename=rendition.filename,
            content_type="application/pdf",
            headers={"Cache-Control": "private, no-cache", "ETag": f'"{rendition.sha256}"'},
        )

    def lost(self, request, rendition):
        """Say that a file is gone, where it can be made anew: it is bound from the parts that are kept."""
        messages.error(request, _("The file has been lost. Make it anew, or ask the secretary to."))
        return redirect(rendition.subject)


class RequestRendition(PostOnly):
    """Ask for a file in the background; the tray tells when it is there."""

    def shown(self, request, kind, subject, pk, audience):
        if kind not in composers or composers[kind].subject != subject.lower():
            raise Http404
        thing = get_object_or_404(apps.get_model(subject), pk=pk)
        require_reader(request.user, kind, thing, audience)
        return thing

    def post(self, request, kind, subject, pk, audience):
        thing = self.shown(request, kind, subject, pk, audience)
        services.request_rendition(thing, kind, audience, by=request.user)
        messages.info(
            request, _("The file is being made. You can go on working; it shows at the top when it is ready.")
        )
        return redirect(thing)
