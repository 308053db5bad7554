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
    texts: Mapping[str, str] = field(default_factory=dict)
    """Names and texts of further files to be written into the scratch folder before the start."""
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
    apart: bool = False
    """Hold the trial in another process than the program ran in. Tensors and plain values cross
    as a file that is loaded with ``weights_only``, modules as their ``state_dict``, functions not
    at all."""
    title: str = ""
    """What the run is called in messages, for example the title of the spell."""
    show: bool = True
    """Whether to tell, after the program, what it left behind: `Namespace`, `Graph`, `Picture`."""
    graph: str = ""
    """Name of the tensor whose `Graph` is wanted. Empty: ``loss``, or the last one that has one."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """What the trial says in English, and how to say it instead; ``{}`` stands for a value."""


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
    """Numbers of a training under way, taken from plain code. At most 20 a second of each `source`
    and `rank`, and besides those one for every first NaN or infinity."""

    step: int
    """Optimizer steps until now; without an optimizer, calls of `backward`. From `SummaryWriter`:
    its ``global_step``."""
    values: Mapping[str, float]
    """For example ``loss``, ``grad_norm``, ``lr``, ``steps_per_second``, ``examples_per_second``,
    ``memory`` and ``gpu_memory`` (bytes), ``grad/0.weight``. Where several optimizers take turns,
    the first three carry the name of theirs: ``loss/opt_d``."""
    nonfinite: tuple[str, ...] = ()
    """Names in `values`, gradients (``grad/…``) and parameters that were NaN or infinite at this
    step, or at one since the last `Metric`."""
    progress: float | None = None
    """Share of the run that is done, 0 to 1, where it is known (from ``tqdm``)."""
    first: tuple[str, ...] = ()
    """Those of `nonfinite` that never were before: this is the step at which it began."""
    rank: int | None = None
    """Which of several processes trains. `None`: the program's own process."""
    source: str = ""
    """Empty: seen in plain code. ``tensorboard``: the player called ``SummaryWriter``."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A progress bar moved (``tqdm``). At most 20 a second of each bar, and its last state."""

    label: str
    """What the bar is called; empty when it has no name."""
    done: int
    total: int | None
    """Rounds done, and in all; `None` where nobody knows."""
    level: int = 0
    """0 for the outermost bar; a nested one is 1, 2, …"""
    text: str = ""
    """What the bar says behind its numbers, for example ``loss=0.31``."""

    @property
    def share(self) -> float | None:
        """Share that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image made by the run: a greyscale or RGB raster of 8-bit values, row by row."""

    name: str
    width: int
    height: int
    channels: int
    pixels: bytes
    """`width` × `height` × `channels` values; `channels` is 1 or 3."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One module inside a module."""

    path: str
    """As in ``named_modules``: ``0``, ``encoder.fc``; empty for the module itself."""
    kind: str
    """Its class."""
    parameters: int
    """Values in all its parameters, those of its children included; a shared one counts once."""
    trainable: int
    """Those of them that require a gradient."""
    shape: tuple[int, ...] = ()
    """Shape of its last output, where the program's own training showed it."""
    detail: str = ""
    """What its ``repr`` says in brackets, for example ``in_features=64, out_features=10``."""


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
    layers: tuple[Layer, ...] = ()
    """For a module: itself and the modules in it, in the order of ``named_modules``."""
    nonfinite: int = 0
    """Values that are infinite or NaN."""


@dataclass(frozen=True, slots=True)
class Namespace:
    """What the player's module held when it ended."""

    seen: tuple[TensorSeen, ...]
    more: int = 0
    """Further tensors and modules that were not looked at."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One operation of an autograd graph, or a leaf."""

    name: str
    """``AddmmBackward0``; for a leaf ``AccumulateGrad``."""
    inputs: tuple[int, ...] = ()
    """Where the gradient goes next: places in `Graph.nodes`."""
    shape: tuple[int, ...] = ()
    """Shape of what the operation made."""
    leaf: str = ""
    """Name of the leaf tensor (``model.0.weight``); its shape in words where it has no name."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The autograd graph of one tensor, breadth first; the first node made the tensor itself."""

    of: str
    """Name of the tensor."""
    nodes: tuple[GraphNode, ...]
    more: bool = False
    """The graph goes on beyond `nodes`."""


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
    defines: str = ""
    """What `line` defines, where no line of the player's raised: what it made is what differs."""


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
    unkept: tuple[str, ...] = ()
    """Names of files that should have been, and could not be written there."""


Event = (
    Started
    | Announced
    | Output
    | Dropped
    | Warned
    | Metric
    | Progress
    | Picture
    | Namespace
    | Graph
    | Check
    | Raised
    | Finished
)
