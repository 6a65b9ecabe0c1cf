from django.http import Http404
from django.views.generic import DetailView

from cases.agenda.composers import audience_of_meeting, item_parts, items_for
from cases.agenda.preflight import papers_of
from cases.register.models import Attachment
from committee.models import Meeting
from reports.audiences import Audience
from reports.models import Rendition

WORDS_A_MINUTE = 200


class MeetingRead(DetailView):
    """The reading view: item after item, the same HTML as on paper."""

    template_name = "agenda/meeting_read.html"
    context_object_name = "meeting"

    def get_queryset(self):
        return Meeting.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        meeting = self.object
        audience = audience_of_meeting(self.request.user, meeting)
        if audience is None:
            raise Http404
        items = items_for(meeting, audience)
        place = self.place_of(items)
        return super().get_context_data(
            items=items,
            item=items[place] if items else None,
            place=place + 1,
            previous=items[place - 1] if place > 0 else None,
            next=items[place + 1] if place + 1 < len(items) else None,
            papers=Rendition.objects.of(meeting, "handlingar", Audience.MEMBERS).newest(),
            prepares=self.request.user.has_perm("committee.prepare_meeting", meeting),
            **(self.shown(items[place], audience) if items else {}),
            **kwargs,
        )

    def place_of(self, items):
        """Return where in the list the asked-for item is; the first, when none is asked for."""
        wanted = self.kwargs.get("item")
        places = [place for place, item in enumerate(items) if item.pk == wanted]
        if wanted and not places:
            raise Http404
        return places[0] if places else 0

    def shown(self, item, audience):
        documents = {document.pk: document for document in papers_of([item])}
        parts = item_parts(item, documents, audience)
        files = Attachment.objects.visible_to(self.request.user).filter(
            pk__in=[paper.attachment_id for paper in item.papers.all() if paper.attachment_id]
        )
        return {"parts": parts, "files": files, "reading_minutes": reading_minutes(parts)}


def reading_minutes(parts):
    """Return how long the parts take to read, in whole minutes, at least one."""
    words = sum(len(section["text"].split()) for part in parts for section in part.data.get("sections", []))
    return max(1, round(words / WORDS_A_MINUTE))
