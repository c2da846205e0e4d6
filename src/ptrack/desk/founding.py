"""What a fresh practice begins with. It is shipped as a script; this is where the script comes from."""

from ptrack.database.session import Writing
from ptrack.exercises.actions import plant_library
from ptrack.models.practice import Trainer
from ptrack.models.studio import Studio
from ptrack.programs.actions import plant_templates
from ptrack.progress.seeding import seed_metrics
from ptrack.vocabulary import Role, StudioType, Unit


def plant(work: Writing) -> None:
    """Put in what every practice needs: studio and owner, exercises, templates, metrics."""
    work.add(
        Studio(
            name="My practice",
            studio_type=StudioType.GYM,
            timezone="UTC",
            unit=Unit.KG,
            currency="EUR",
            created_at=work.now,
        )
    )
    work.add(Trainer(name="Owner", role=Role.MANAGER))
    plant_library(work)
    plant_templates(work)
    seed_metrics(work)
