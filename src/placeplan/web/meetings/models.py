"""Boards, their members and interests, their meetings, and what these leave open."""

from typing import ClassVar

from django.conf import settings
from django.db import models

LINE = 400
WORD = 40
PEOPLE = settings.AUTH_USER_MODEL


class Board(models.Model):
    """A body that meets about a plan. One with a last day is a group of fixed life, and ends by itself.

    ``first_minute`` is the number of the first minute that is kept here. ``sends_minutes_to`` makes it a local board,
    whose minutes the other receives; it then meets ``every_months``. ``group`` is the short name of the group of the
    plan that meets as this board; empty: none.
    """

    plan = models.ForeignKey("planning.Plan", on_delete=models.CASCADE, related_name="boards")
    name = models.CharField(max_length=LINE)
    purpose = models.CharField(max_length=LINE, blank=True)
    quorum = models.PositiveIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    reports_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    reports_how = models.CharField(max_length=WORD, blank=True)
    sends_minutes_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="local_boards")
    every_months = models.PositiveIntegerField(null=True)
    first_minute = models.PositiveIntegerField(default=1)
    group = models.CharField(max_length=LINE, blank=True)

    class Meta:
        """A name is used once in a plan, and a group of the plan meets as one board."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "name"], name="one_board_of_a_name"),
            models.UniqueConstraint(
                fields=["plan", "group"], condition=~models.Q(group=""), name="one_board_of_a_group"
            ),
        ]
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """The name."""
        return self.name


class BoardMember(models.Model):
    """Somebody who sits on a board from a day, and until one when it is known."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(max_length=LINE)
    role = models.CharField(max_length=LINE, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        """In the order in which they joined."""

        ordering: ClassVar[list[str]] = ["since", "pk"]


class RegisteredInterest(models.Model):
    """An interest in the register of a board."""

    member = models.ForeignKey(BoardMember, on_delete=models.CASCADE, related_name="interests")
    about = models.CharField(max_length=LINE)
    nature = models.CharField(max_length=WORD)
    declared = models.DateField()
    until = models.DateField(null=True)


class Meeting(models.Model):
    """A meeting. Once its minutes are confirmed nothing of it changes; ``checksum`` is that of what they say."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="meetings")
    held = models.DateField()
    place = models.CharField(max_length=LINE, blank=True)
    first_number = models.PositiveIntegerField(null=True)
    confirmed = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="confirms")
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        """A board meets once a day; the newest first."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["board", "held"], name="one_meeting_a_day")
        ]
        ordering: ClassVar[list[str]] = ["-held"]


class Attendance(models.Model):
    """Somebody present, in attendance, or sorry not to be there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    name = models.CharField(max_length=LINE)
    standing = models.CharField(max_length=WORD)
    member = models.BooleanField()

    class Meta:
        """In the order in which they were written down."""

        ordering: ClassVar[list[str]] = ["pk"]


class AgendaItem(models.Model):
    """An item of an agenda and its minute. ``paper``: a page of the plan, or words; ``suppliers``: whom it is about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LINE)
    paper = models.CharField(max_length=LINE, blank=True)
    suppliers = models.CharField(max_length=LINE, blank=True)
    minute = models.TextField(blank=True)

    class Meta:
        """In the order of the agenda."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_item_of_a_number")
        ]
        ordering: ClassVar[list[str]] = ["number"]


class Declaration(models.Model):
    """An interest that somebody declared on an item, and how it was dealt with."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="declarations")
    name = models.CharField(max_length=LINE)
    words = models.CharField(max_length=LINE)
    handling = models.CharField(max_length=WORD)


class Decision(models.Model):
    """What was resolved. One with conditions stays open until somebody says what shows that they are met.

    ``signature`` is that of the plan which it stands for, if it does.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=WORD)
    words = models.TextField()
    signature = models.ForeignKey("signing.SignatureRow", on_delete=models.PROTECT, null=True, related_name="decisions")
    open = models.BooleanField(default=False)
    closed = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, related_name="+")
    closed_words = models.TextField(blank=True)
    evidence = models.ForeignKey("evidencing.Evidence", on_delete=models.PROTECT, null=True, related_name="+")


class BoardAction(models.Model):
    """Something that somebody is to do by a day. It stays open until it is closed with what shows that it is done."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="actions")
    words = models.TextField()
    owner = models.CharField(max_length=LINE)
    due = models.DateField()
    closed = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, related_name="+")
    closed_words = models.TextField(blank=True)
    evidence = models.ForeignKey("evidencing.Evidence", on_delete=models.PROTECT, null=True, related_name="+")


class ForwardItem(models.Model):
    """An item of the forward work programme: on a day or not scheduled yet, once or again after some months."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="programme")
    title = models.CharField(max_length=LINE)
    owner = models.CharField(max_length=LINE)
    due = models.DateField(null=True)
    every_months = models.PositiveIntegerField(null=True)
    statutory = models.BooleanField(default=False)


class Receipt(models.Model):
    """Minutes of a local board that another received: those of one meeting once."""

    local = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="receipts")
    held = models.DateField()
    received = models.DateField()
    person = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Each once, the newest first."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["local", "held"], name="minutes_received_once")
        ]
        ordering: ClassVar[list[str]] = ["-held"]
