"""What goes into the crucible and what comes out of it, as plain frozen data.

A `Job` says what to run and within which `Limits`. Running it gives an ordered stream of events:
`Started`, then any number of the others in the order in which they happened, then exactly one
`Finished`. The verdict is read off `Finished` alone: nothing else is ever a pass.

This module knows no torch, no process and no screen. Both sides of the fork, the session and the
front ends import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Mode(StrEnum):
    """What a job does with the player's file."""

    RUN = "run"
    """Run the file as ``__main__`` and nothing more (``oz run``)."""
    JUDGE = "judge"
    """Run the file as ``__main__``, then the spell's trial over what it left behind."""
    CONJURE = "conjure"
    """Run a snippet that belongs to the story (trusted text, same limits)."""


class Reason(StrEnum):
    """Why a run ended. The values are part of the contract of ``oz judge --json``."""

    PASSED = "passed"
    """Judged: every check that was announced was reported, and passed."""
    RAN = "ran"
    """Not judged (`Mode.RUN`, `Mode.CONJURE`): the program came to its end."""
    FAILED = "failed"
    """The program ran, a check did not pass."""
    ERROR = "error"
    """The player's program raised, or could not be compiled."""
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    """Too much of something other than memory or time: files, processes, events."""
    CRASH = "crash"
    """The process died without raising: a signal, an abort."""
    NO_VERDICT = "no-verdict"
    """The process ended in good order but the verdict never came (``os._exit(0)``)."""
    STOPPED = "stopped"
    """The player pressed stop."""


FILES = 4
"""How many files of the largest size a run may write."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use. Seconds are wall-clock; sizes are bytes."""

    seconds: float = 10.0
    memory: int = 2 << 30
    """Resident memory of the whole process tree beyond what the warm process shares with it."""
    output: int = 256 << 10
    """Bytes of output kept and shown; what comes after is dropped and counted."""
    processes: int = 64
    file_size: int = 256 << 20
    """Bytes of one file; all files of a run together may have `FILES` times as many."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to run. Paths are absolute; nothing in the journey is written by the run itself
    except what `keep` names, which is copied out of the scratch folder after a pass."""

    mode: Mode
    program: Path | None = None
    """The player's file: run as ``__main__`` with this path as ``__file__``."""
    source: str | None = None
    """The text to run. `None`: read `program`. For a conjure there is only this."""
    trial: Path | None = None
    """The trial, an ordinary pytest file. Only for `Mode.JUDGE`."""
    kind: str = "cast"
    """The kind of the spell (`oz.spells.model.Kind`): a ``command`` spell's program is a shell
    command line, a ``predict`` spell's is a file of assignments."""
    files: tuple[Path, ...] = ()
    """Files copied into the scratch folder before the start (a spell's ``files/``, kept models)."""
    keep: tuple[str, ...] = ()
    """Names of files in the scratch folder to copy to `keep_in` when the run passes."""
    keep_in: Path | None = None
    argv: tuple[str, ...] = ()
    """``sys.argv[1:]`` of the program (``oz run FILE ARGS``)."""
    cwd: Path | None = None
    """Working directory. `None`: a fresh scratch folder, removed after the run."""
    seed: int = 0
    threads: int = 1
    """``torch.set_num_threads``: fixed, because one and two threads give different bits."""
    limits: Limits = field(default_factory=Limits)
    title: str = ""
    """What the run is called in messages, for example the title of the spell."""


# --- events -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The child is running."""

    pid: int
    expected: tuple[str, ...] = ()
    """Names of the checks, once known (empty at first; see `Announced`)."""


@dataclass(frozen=True, slots=True)
class Announced:
    """The trial was collected: these checks will be made, in this order."""

    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """Text that the program printed. Never markup: show it as it is (control codes removed)."""

    text: str
    stream: str = "stdout"
    """``stdout`` or ``stderr``."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """So many bytes of output were not kept, because the limit was reached."""

    bytes: int


@dataclass(frozen=True, slots=True)
class Warned:
    """A Python warning raised by the player's code (known noise of torch's own is left out)."""

    category: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """Numbers of a training under way, taken from plain code. At most 20 a second."""

    step: int
    values: Mapping[str, float]
    """For example ``loss``, ``grad_norm``, ``lr``, ``steps_per_second``, ``grad/0.weight``."""
    nonfinite: tuple[str, ...] = ()
    """Names in `values` (or parameters) that are NaN or infinite at this step."""
    progress: float | None = None
    """Share of the run that is done, 0 to 1, where it is known (from ``tqdm``)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image made by the run: a greyscale or RGB raster of 8-bit values, row by row."""

    name: str
    width: int
    height: int
    channels: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class TensorSeen:
    """One name in the player's namespace after the run: a tensor, or a module."""

    name: str
    kind: str
    """``tensor``, ``parameter`` or ``module``."""
    shape: tuple[int, ...] = ()
    dtype: str = ""
    device: str = ""
    strides: tuple[int, ...] = ()
    requires_grad: bool = False
    grad_fn: str = ""
    minimum: float | None = None
    mean: float | None = None
    maximum: float | None = None
    nans: int = 0
    shares_with: tuple[str, ...] = ()
    """Other names whose storage is the same."""
    parameters: int = 0
    """Number of parameters, for a module."""
    preview: tuple[tuple[float, ...], ...] = ()
    """At most 16 by 32 leading values (trailing axes folded), for a small heat-map."""
    summary: str = ""
    """For a module: its ``repr``, for a tensor its short ``repr``."""


@dataclass(frozen=True, slots=True)
class Namespace:
    """What the player's module held when it ended."""

    seen: tuple[TensorSeen, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the trial, done."""

    name: str
    """The first line of the test's docstring, else its name in words."""
    passed: bool
    message: str = ""
    """Markdown. What was asked, what came, where they first differ. Empty when passed."""
    mistake: str | None = None
    """Id of the known mistake that the trial recognised."""
    line: int | None = None
    """The line of the player's file that the failure comes from, where there is one."""
    seconds: float = 0.0
    broken: bool = False
    """The check itself is at fault, not the player's program: the game says so."""
    error: ErrorPage | None = None
    """What the player's code raised during the check, where it did."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the player's own frames in a traceback."""

    line: int
    function: str
    code: str
    start: int | None = None
    end: int | None = None
    """Columns (0-based, half open) of the part that raised, for carets."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an exception says to the player: only the player's frames, in the order of calls."""

    type: str
    """Bare class name, for example ``RuntimeError``."""
    message: str
    frames: tuple[Frame, ...] = ()
    explanation: str = ""
    """Plain words (markdown) for a common error, else empty."""
    shapes: tuple[str, ...] = ()
    """For shape errors: the tensors that met, as ``x (32, 64) float32``."""
    inner: str = ""
    """The original traceback where the error wraps one (a DataLoader worker, a DDP rank)."""

    @property
    def line(self) -> int | None:
        """Line of the innermost of the player's frames."""
        return self.frames[-1].line if self.frames else None


@dataclass(frozen=True, slots=True)
class Raised:
    """The player's program raised and did not catch it."""

    page: ErrorPage


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of the run; always the last event, always exactly one."""

    reason: Reason
    message: str
    """One or two sentences in the player's terms (markdown). Empty for `PASSED` and `RAN`."""
    line: int | None = None
    seconds: float = 0.0
    """Wall-clock time from the job being handed over to its end."""
    exit_code: int | None = None
    peak_memory: int | None = None
    kept: tuple[Path, ...] = ()
    """Files that were copied out of the scratch folder."""


Event = (
    Started
    | Announced
    | Output
    | Dropped
    | Warned
    | Metric
    | Picture
    | Namespace
    | Check
    | Raised
    | Finished
)
