from django.http import Http404
from django.views.generic import DetailView

from cases.agenda.composers import audience_of_meeting, documents_of, item_parts, numbered
from cases.agenda.models import AgendaItem
from cases.agenda.presenting import newest_file
from cases.register.models import Attachment
from committee.models import Meeting
from core import clock

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
        items = numbered(meeting, meeting.items.visible_for(audience).for_contents())
        place = self.place_of(items)
        return super().get_context_data(
            items=items,
            item=items[place] if items else None,
            place=place + 1,
            previous=items[place - 1] if place > 0 else None,
            next=items[place + 1] if place + 1 < len(items) else None,
            papers=newest_file(meeting, "handlingar"),
            coming=self.planned_next(),
            prepares=self.request.user.has_perm("committee.prepare_meeting", meeting),
            **(self.shown(items[place], audience) if items else {}),
            **kwargs,
        )

    def planned_next(self):
        """Return the body's next meeting when this one is over and that one has not been called yet."""
        if self.object.held_on >= clock.today():
            return None
        coming = self.get_queryset().filter(body=self.object.body).coming(clock.today()).first()
        return coming if coming and coming.is_planned else None

    def place_of(self, items):
        """Return where in the list the asked-for item is; the first, when none is asked for."""
        wanted = self.kwargs.get("item")
        places = [place for place, item in enumerate(items) if item.pk == wanted]
        if wanted and not places:
            raise Http404
        return places[0] if places else 0

    def shown(self, item, audience):
        """Return the item's parts as on paper, and its files."""
        whole = AgendaItem.objects.for_sheets().get(pk=item.pk)
        whole.meeting, whole.shown_number = item.meeting, item.shown_number
        parts = item_parts(whole, documents_of([whole], audience), audience)
        parts = [part for part in parts if not part.piece]  # files are opened beside the text
        keys = [paper.attachment_id for paper in whole.papers.all() if paper.attachment_id]
        files = Attachment.objects.visible_to(self.request.user).filter(pk__in=keys) if keys else []
        return {"parts": parts, "files": files, "reading_minutes": reading_minutes(parts)}


def reading_minutes(parts):
    """Return how long the parts take to read, in whole minutes, at least one."""
    words = sum(len(section["text"].split()) for part in parts for section in part.data.get("sections", []))
    return max(1, round(words / WORDS_A_MINUTE))
