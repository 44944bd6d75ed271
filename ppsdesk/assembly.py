"""Opens storage and makes the services: the one place that the window, the commands and the tests call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from ppsdesk.domain.calendar import Clock
from ppsdesk.domain.places import Finding, Whereabouts
from ppsdesk.domain.rights import Role
from ppsdesk.services import passwords
from ppsdesk.services.beginning import Choices
from ppsdesk.services.calls import CallDesk
from ppsdesk.services.dates import DatesDesk
from ppsdesk.services.dates_papers import DatesPapers
from ppsdesk.services.drafts import Drafts
from ppsdesk.services.families import FamilyDesk
from ppsdesk.services.importing import Importing
from ppsdesk.services.last_time import Known, stand_in
from ppsdesk.services.locations import DeskFolder
from ppsdesk.services.non_data import NonDataDesk
from ppsdesk.services.organisations import OrganisationDesk
from ppsdesk.services.people import PeopleDesk
from ppsdesk.services.practice import Practice
from ppsdesk.services.reporting import Reporting
from ppsdesk.services.rules import RulesDesk
from ppsdesk.services.saved_reports import SavedReports
from ppsdesk.services.school_terms import SchoolTerms
from ppsdesk.services.server import PasswordDesk, ServerDesk
from ppsdesk.services.settings import SettingsDesk
from ppsdesk.services.snippets import SnippetDesk
from ppsdesk.services.starter_lists import starters
from ppsdesk.services.steps import StepDesk
from ppsdesk.services.today import TodayDesk
from ppsdesk.services.vault import Vault
from ppsdesk.services.vocabularies import VocabularyDesk
from ppsdesk.storage import opening
from ppsdesk.storage.administrator import Address
from ppsdesk.storage.away import Away
from ppsdesk.storage.work import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a screen or a command may ask of the helpline's desk."""

    calls: CallDesk
    people: PeopleDesk
    families: FamilyDesk
    organisations: OrganisationDesk
    drafts: Drafts
    steps: StepDesk
    non_data: NonDataDesk
    snippets: SnippetDesk
    school_terms: SchoolTerms
    dates: DatesDesk
    rules: RulesDesk
    dates_papers: DatesPapers
    today: TodayDesk
    vocabularies: VocabularyDesk
    reporting: Reporting
    saved_reports: SavedReports
    importing: Importing
    practice: Practice
    settings: SettingsDesk
    folder: DeskFolder
    whereabouts: Whereabouts
    person: str
    role: Role | None
    data_set: UUID
    password: PasswordDesk
    clock: Clock
    check: Callable[[], tuple[Finding, ...]]
    try_out: Callable[[], None]
    back_up: Callable[[str], object]
    close: Callable[[], None]


def open_services(
    chosen: Choices, ask: passwords.Ask, *, practice: bool = False, password: str | None = None
) -> Services:
    """Open the database and make the services; with a `password` that is known already nobody else has it.

    Raises `CannotStart`, `Refused` or `StorageUnavailable`.
    """
    if chosen.database:
        url = opening.read_address(chosen.database)
        storage = opening.open_shared(url, password or passwords.find(chosen.database, ask))
        place = opening.whereabouts(storage, None, url)
        return services_on(storage, chosen, place)
    path = chosen.folder.database
    storage = opening.open_local(
        path,
        starters(),
        person=chosen.person,
        backups=chosen.folder.backups,
        now=chosen.clock(),
        practice=practice,
    )
    return services_on(storage, chosen, opening.whereabouts(storage, path, None))


def services_meanwhile(chosen: Choices, known: Known) -> Services:
    """While the shared database has not answered yet: what this computer keeps, and for the rest a plain refusal."""
    storage = Away(opening.read_address(chosen.database), person=known.person, role=known.role)
    return services_on(storage, chosen, known.place, data_set=known.data_set)


def create_shared(chosen: Choices, ask: passwords.Ask) -> bool:
    """Make the schema of an empty shared database, as its owner; False when it is there already."""
    url = opening.read_address(chosen.database)
    password = passwords.find(chosen.database, ask)
    return opening.create_shared(url, password, starters(), now=chosen.clock())


def server_desk(chosen: Choices, ask: passwords.Ask) -> ServerDesk:
    """Looking after a shared database, as its administrator."""
    url = opening.read_address(chosen.database)
    return ServerDesk(Address(url, passwords.find(chosen.database, ask)), starters, chosen.clock)


def services_on(
    storage: Storage,
    chosen: Choices,
    place: Whereabouts,
    *,
    clock: Clock | None = None,
    data_set: UUID | None = None,
) -> Services:
    """The services on a storage that is open already; `clock` in place of the one that was chosen.

    `data_set` is the key of the database where that is known without a question.
    """
    clock, data_set = clock or chosen.clock, data_set or opening.data_set(storage)
    before = (stand_in(chosen.database),) if chosen.database else ()
    vault = Vault(chosen.folder.unfinished, data_set=data_set, person=storage.person, known=before)

    def back_up(reason: str) -> object:
        if place.path is None:
            return None
        return opening.copy_of(place.path, chosen.folder.backups, now=clock(), reason=reason)

    return Services(
        calls=CallDesk(storage, clock),
        people=PeopleDesk(storage, clock),
        families=FamilyDesk(storage, clock),
        organisations=OrganisationDesk(storage, clock),
        drafts=Drafts(storage, vault),
        steps=StepDesk(storage, clock),
        non_data=NonDataDesk(storage, clock),
        snippets=SnippetDesk(storage),
        school_terms=SchoolTerms(storage),
        dates=DatesDesk(storage, clock),
        rules=RulesDesk(storage, clock),
        dates_papers=DatesPapers(DatesDesk(storage, clock), clock),
        today=TodayDesk(storage, clock),
        vocabularies=VocabularyDesk(storage, clock),
        reporting=Reporting(storage, clock, person=storage.person),
        saved_reports=SavedReports(storage),
        importing=Importing(storage, clock),
        practice=Practice(storage, clock),
        settings=SettingsDesk(chosen.folder.settings),
        folder=chosen.folder,
        whereabouts=place,
        person=storage.person,
        role=storage.role,
        data_set=data_set,
        password=PasswordDesk(storage),
        clock=clock,
        check=lambda: opening.check(storage),
        try_out=storage.try_out,
        back_up=back_up,
        close=storage.close,
    )
