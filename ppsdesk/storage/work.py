"""One job, one connection, one transaction: commit by saying so, roll back otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection, Engine, update

from ppsdesk.domain.rights import Role
from ppsdesk.storage.breakdowns import Breakdowns
from ppsdesk.storage.call_lists import CallLists
from ppsdesk.storage.calls import CallRepository
from ppsdesk.storage.data_set import DataSet
from ppsdesk.storage.drafts import DraftRepository
from ppsdesk.storage.engine import for_reading, for_writing, straight
from ppsdesk.storage.families import FamilyRepository
from ppsdesk.storage.figures import Figures
from ppsdesk.storage.imports import ImportRepository
from ppsdesk.storage.matter_dates import MatterDates
from ppsdesk.storage.matter_history import MatterHistory
from ppsdesk.storage.matters import MatterRepository
from ppsdesk.storage.non_data import NonDataRepository
from ppsdesk.storage.organisations import OrganisationRepository
from ppsdesk.storage.people import PeopleRepository
from ppsdesk.storage.people_search import PeopleSearch
from ppsdesk.storage.plain_words import plain_words
from ppsdesk.storage.rows import DataSetRow
from ppsdesk.storage.rule_changes import RuleChangeRepository
from ppsdesk.storage.saved_reports import SavedReportRepository
from ppsdesk.storage.school_terms import SchoolTermRepository
from ppsdesk.storage.snippets import SnippetRepository
from ppsdesk.storage.steps import StepRepository
from ppsdesk.storage.vocabularies import TermIds, VocabularyRepository


class UnitOfWork:
    """What one job may ask and change. Used inside one `with`, in one function, in one thread."""

    def __init__(self, connection: Connection, terms: TermIds, person: str, *, known: TermIds | None = None) -> None:
        self._connection = connection
        self._terms = terms
        self._known = known or terms
        self.person = person
        self.calls = CallRepository(connection, terms)
        self.call_lists = CallLists(connection, terms)
        self.drafts = DraftRepository(connection)
        self.figures = Figures(connection)
        self.imports = ImportRepository(connection)
        self.vocabularies = VocabularyRepository(connection)

    @cached_property
    def breakdowns(self) -> Breakdowns:
        """Figures by entries of lists, days, callers and call-backs."""
        return Breakdowns(self._connection, self._terms)

    @cached_property
    def data_set(self) -> DataSet:
        """What this database says of itself."""
        return DataSet(self._connection)

    @cached_property
    def people(self) -> PeopleRepository:
        """The people."""
        return PeopleRepository(self._connection, self._terms)

    @cached_property
    def people_search(self) -> PeopleSearch:
        """The one box, and who may be the same."""
        return PeopleSearch(self._connection)

    @cached_property
    def organisations(self) -> OrganisationRepository:
        """Schools and other organisations."""
        return OrganisationRepository(self._connection, self._terms)

    @cached_property
    def families(self) -> FamilyRepository:
        """What belongs to people."""
        return FamilyRepository(self._connection, self._terms, self.people, self.organisations)

    @cached_property
    def steps(self) -> StepRepository:
        """The next steps."""
        return StepRepository(self._connection)

    @cached_property
    def non_data(self) -> NonDataRepository:
        """The rings that were no enquiry."""
        return NonDataRepository(self._connection, self._terms)

    @cached_property
    def snippets(self) -> SnippetRepository:
        """The texts put in by one key."""
        return SnippetRepository(self._connection)

    @cached_property
    def school_terms(self) -> SchoolTermRepository:
        """The dates of school terms."""
        return SchoolTermRepository(self._connection)

    @cached_property
    def saved_reports(self) -> SavedReportRepository:
        """The settings of reports this person may see."""
        return SavedReportRepository(self._connection, self.person)

    @cached_property
    def matters(self) -> MatterRepository:
        """What happened to families, and the days it happened on."""
        return MatterRepository(self._connection)

    @cached_property
    def matter_dates(self) -> MatterDates:
        """The dates that follow, and which of them moved."""
        return MatterDates(self._connection, self.person)

    @cached_property
    def matter_history(self) -> MatterHistory:
        """What became of matters, for the history of a call and of a person."""
        return MatterHistory(self._connection)

    @cached_property
    def rule_changes(self) -> RuleChangeRepository:
        """What the service decided about bank holidays and rules."""
        return RuleChangeRepository(self._connection, self.person)

    def mark_practice(self) -> None:
        """Say for good that this database holds invented people only."""
        self._connection.execute(update(DataSetRow).values(practice=True))

    def commit(self) -> None:
        """Keep it. When this returns, the change survives a power cut."""
        _clear_person(self._connection)
        self._connection.commit()
        if self._known is not self._terms:
            self._known.learn(self._terms)


class Storage:
    """One database for the whole program; makes a unit of work for each job."""

    def __init__(
        self,
        engine: Engine,
        *,
        person: str,
        still_there: Callable[[], None] = lambda: None,
        may_write: Callable[[Connection], None] = lambda connection: None,
        role: Role | None = None,
    ) -> None:
        self.engine = engine
        self.person = person
        self.role = role
        self._still_there = still_there
        self._may_write = may_write
        self._terms = TermIds()
        self._readers, self._writers = for_reading(engine), for_writing(engine)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Ask; everything that is read is of one moment."""
        with plain_errors(), self._readers.connect() as connection:
            yield UnitOfWork(connection, self._terms, self.person)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Change; nothing is kept without `commit()`.

        `CannotStart` when the local file was put away meanwhile, `StorageTooNew` when the shared database was upgraded.
        """
        self._still_there()
        with plain_errors(), self._writers.connect() as connection:
            self._may_write(connection)
            set_person(connection, self.person)
            yield UnitOfWork(connection, self._terms.aside(), self.person, known=self._terms)

    def try_out(self) -> None:
        """Whether the database answers and takes changes now; keeps nothing. Raises what a change would meet."""
        with self.writing():
            pass

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Driver errors leave as `DeskError`."""
    try:
        yield
    except Exception as error:
        plain = plain_words(error)
        if plain is None:
            raise
        raise plain from error


def set_person(connection: Connection, person: str) -> None:
    """Tell a local file's audit triggers who is writing. PostgreSQL knows by the login."""
    if connection.dialect.name == "sqlite":
        straight(connection, "UPDATE acting_person SET name = ? WHERE id = 1", (person,))


def _clear_person(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        straight(connection, "UPDATE acting_person SET name = NULL WHERE id = 1")
