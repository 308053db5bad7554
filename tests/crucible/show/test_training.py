"""Training seen from plain code: every way to train, and nothing changed by being watched."""

from __future__ import annotations

import math
import textwrap

import pytest

from oz.crucible.model import Reason

HEAD = """
import time
import torch
from torch import nn
F = nn.functional
torch.manual_seed(0)
x, y = torch.randn(32, 4), torch.randint(0, 3, (32,))
def make(lr=0.1):
    model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    return model, torch.optim.SGD(model.parameters(), lr=lr)
"""


async def _run(zygote, body: str, **limits):
    told = await zygote.run(HEAD + textwrap.dedent(body), **limits)
    trouble = "".join(f"{r.page.type}: {r.page.message} {r.page.line}" for r in told.raised)
    assert told.reason is Reason.RAN, told.message + trouble
    return told


async def test_a_plain_loop_tells_everything(zygote) -> None:
    told = await _run(
        zygote,
        """
        def main():
            net, optimizer = make()
            for _ in range(30):
                loss = F.cross_entropy(net(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                time.sleep(0.01)
        main()
        """,
    )
    assert told.metrics[0].step == 1
    middle = told.metrics[2]
    grads = {"grad/0.weight", "grad/0.bias", "grad/2.weight", "grad/2.bias"}
    assert {"loss", "grad_norm", "lr", "steps_per_second", "memory"} | grads <= set(middle.values)
    assert middle.values["lr"] == 0.1
    total = math.sqrt(sum(middle.values[name] ** 2 for name in grads))
    assert math.isclose(middle.values["grad_norm"], total, rel_tol=1e-6)
    each = middle.values["examples_per_second"] / middle.values["steps_per_second"]
    assert math.isclose(each, 32)
    assert told.metrics[-1].step == 30
    assert [m.step for m in told.metrics] == sorted(m.step for m in told.metrics)


async def test_at_most_twenty_a_second(zygote) -> None:
    told = await _run(
        zygote,
        """
        net, optimizer = make()
        began = time.perf_counter()
        while time.perf_counter() - began < 1.0:
            optimizer.zero_grad()
            F.cross_entropy(net(x), y).backward()
            optimizer.step()
        """,
    )
    assert 5 <= len(told.metrics) <= 23


async def test_the_results_are_the_same_to_the_bit(zygote) -> None:
    """The same program, trained with the hooks taken out, gives the same losses and numbers."""
    told = await _run(
        zygote,
        """
        from torch.optim import optimizer as module
        def train():
            torch.manual_seed(5)
            norm = nn.BatchNorm1d(16)
            net = nn.Sequential(nn.Linear(4, 16), nn.Dropout(0.3), norm, nn.Linear(16, 3))
            optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
            losses = []
            for _ in range(100):
                loss = F.cross_entropy(net(x + torch.randn(32, 4)), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
            return losses, torch.rand(4).tolist(), net[0].weight.detach().clone()
        watched = train()
        hooks = dict(module._global_optimizer_post_hooks)
        module._global_optimizer_post_hooks.clear()
        torch.autograd.backward = torch.autograd.backward.__wrapped__
        bare = train()
        assert hooks and watched[:2] == bare[:2] and torch.equal(watched[2], bare[2])
        """,
    )
    assert told.metrics


async def test_no_graph_is_kept_alive(zygote) -> None:
    await _run(
        zygote,
        """
        import gc, weakref
        net, optimizer = make()
        kept = []
        for _ in range(20):
            hidden = net[0](x)
            kept.append(weakref.ref(hidden))
            loss = F.cross_entropy(net[2](hidden.relu()), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            del hidden, loss
        assert not any(ref() is not None for ref in kept)
        ref = weakref.ref(net)
        weight = weakref.ref(net[0].weight)
        del net, optimizer
        gc.collect()
        assert ref() is None and weight() is None
        """,
    )


async def test_a_nan_gradient_is_seen_where_it_begins(zygote) -> None:
    told = await _run(
        zygote,
        """
        net, optimizer = make()
        for step in range(1, 9):
            loss = F.cross_entropy(net(x), y)
            if step == 5:
                loss = loss + (net[2].bias * 0).abs().sum().sqrt() * 0
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        """,
    )
    (first,) = [m for m in told.metrics if "grad/2.bias" in m.first]
    assert first.step == 5
    assert math.isnan(first.values["grad/2.bias"])
    assert first.nonfinite == ("grad/2.bias",)
    loss = next(m for m in told.metrics if "loss" in m.first)
    assert loss.step == 6
    assert "2.bias" in loss.nonfinite
    assert told.metrics[-1].nonfinite
    assert not told.metrics[-1].first


async def test_an_infinite_loss_is_never_thinned_away(zygote) -> None:
    told = await _run(
        zygote,
        """
        net, optimizer = make(1e-3)
        for step in range(1, 400):
            loss = F.cross_entropy(net(x), y)
            if step == 333:
                loss = loss * float("inf")
                loss.backward(retain_graph=True)
                continue
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        """,
    )
    broken = [m for m in told.metrics if m.first]
    assert len(broken) == 1
    assert broken[0].step == 333
    assert broken[0].values["loss"] == math.inf


async def test_by_hand_without_an_optimizer(zygote) -> None:
    told = await _run(
        zygote,
        """
        w = torch.zeros(4, requires_grad=True)
        for _ in range(20):
            loss = ((x @ w - 1) ** 2).mean()
            loss.backward()
            with torch.no_grad():
                w -= 0.1 * w.grad
            w.grad = None
            time.sleep(0.01)
        """,
    )
    assert told.metrics[-1].step == 20
    assert {"loss", "grad_norm", "grad/w"} <= set(told.metrics[1].values)


async def test_by_hand_through_data_and_by_parts_of_a_batch(zygote) -> None:
    told = await _run(
        zygote,
        """
        net = nn.Linear(4, 3)
        for _ in range(8):
            for rows in x.split(16):
                (net(rows) ** 2).mean().backward()
            for p in net.parameters():
                p.data -= 0.1 * p.grad
                p.grad = None
            time.sleep(0.06)
        """,
    )
    assert told.metrics[0].step == 1
    assert told.metrics[-1].step == 16
    assert all({"loss", "grad/weight", "grad/bias"} <= set(m.values) for m in told.metrics[:2])


@pytest.mark.parametrize("start", ["torch.zeros(4)", "torch.tensor(0.0)"])
async def test_by_hand_with_a_new_leaf_at_every_step(zygote, start) -> None:
    told = await _run(
        zygote,
        f"""
        w = {start}.requires_grad_()
        for _ in range(12):
            loss = ((x[:, :1] * w - 1) ** 2).mean()
            loss.backward()
            w = (w - 0.1 * w.grad).detach().requires_grad_()
            time.sleep(0.06)
        """,
    )
    assert told.metrics[0].step == 1
    assert told.metrics[-1].step == 12
    losses = [m.values["loss"] for m in told.metrics]
    assert losses == sorted(losses, reverse=True)


async def test_of_sums_that_are_not_one_training_no_loss_is_told(zygote) -> None:
    """Different sums, one function at several places, one sum gone back through repeatedly."""
    told = await _run(
        zygote,
        """
        middle = torch.ones(3, 2, requires_grad=True)
        (middle ** 2).sum().backward()
        with torch.no_grad():
            middle += 1
        middle.sin().sum().backward()

        def slope(f, at):
            at = torch.tensor(at, requires_grad=True)
            f(at).backward()
            return at.grad

        for at in (1.0, 2.0, 3.0):
            slope(torch.exp, at)
        for f in (torch.sin, torch.exp):
            slope(f, 1.0)
        again = middle.exp().sum()
        for _ in range(3):
            again.backward(retain_graph=True)
        w = torch.ones(4, requires_grad=True)
        for row in x:
            (row * w).sum().backward()
        """,
    )
    assert not told.metrics


async def test_a_look_at_another_sum_does_not_disturb_a_training_by_hand(zygote) -> None:
    told = await _run(
        zygote,
        """
        w = torch.zeros(4, requires_grad=True)
        w.exp().sum().backward()
        w.grad = None
        for _ in range(20):
            loss = ((x @ w - 1) ** 2).mean()
            loss.backward()
            with torch.no_grad():
                w -= 0.1 * w.grad
            w.grad = None
            time.sleep(0.01)
        (1000 * w).sum().backward()
        """,
    )
    assert told.metrics[0].step == 1
    assert told.metrics[-1].step == 20
    losses = [m.values["loss"] for m in told.metrics]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] < 10


async def test_gathered_gradients_count_one_step(zygote) -> None:
    told = await _run(
        zygote,
        """
        net, optimizer = make()
        for _ in range(6):
            optimizer.zero_grad()
            for rows in x.split(8):
                (net(rows).square().mean() / 4).backward()
            optimizer.step()
            time.sleep(0.06)
        """,
    )
    assert told.metrics[-1].step == 6
    rates = [m.values for m in told.metrics if "examples_per_second" in m.values]
    assert rates
    assert all(math.isclose(v["examples_per_second"] / v["steps_per_second"], 32) for v in rates)


async def test_a_scaler_that_skips_a_step_is_no_disaster(zygote) -> None:
    told = await _run(
        zygote,
        """
        net, optimizer = make()
        scaler = torch.amp.GradScaler("cpu", init_scale=2.0**127)  # overflows at first
        for _ in range(40):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(x), y) * 8
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
        """,
    )
    assert not any(m.nonfinite for m in told.metrics)
    assert all(0 < m.values["loss"] < 20 for m in told.metrics if "loss" in m.values)


async def test_one_model_after_another_keeps_plain_names(zygote) -> None:
    told = await _run(
        zygote,
        """
        for lr in (0.1, 0.2):
            net, optimizer = make(lr)
            for _ in range(10):
                optimizer.zero_grad()
                F.cross_entropy(net(x), y).backward()
                optimizer.step()
                time.sleep(0.012)
        """,
    )
    assert all("loss" in m.values for m in told.metrics)
    assert {m.values["lr"] for m in told.metrics} == {0.1, 0.2}


async def test_what_is_no_training_tells_nothing_wrong(zygote) -> None:
    """Non-scalars, `autograd.grad`, transforms, modes and a profiler: no crash, nothing told."""
    told = await _run(
        zygote,
        """
        from torch.utils._python_dispatch import TorchDispatchMode
        from torch.utils.flop_counter import FlopCounterMode
        v = torch.randn(3, requires_grad=True)
        (v * 2).backward(torch.ones(3), retain_graph=True)
        torch.autograd.grad(v.sum(), v)
        torch.func.vmap(torch.func.grad(lambda t: t.sin().sum()))(x)
        torch.autograd.functional.hessian(lambda t: (t**3).sum(), v.detach())
        net, optimizer = make()
        class Log(TorchDispatchMode):
            def __init__(self):
                super().__init__()
                self.names = []
            def __torch_dispatch__(self, func, types, args=(), kwargs=None):
                self.names.append(str(func))
                return func(*args, **(kwargs or {}))
        def step():
            optimizer.zero_grad()
            F.cross_entropy(net(x), y).backward()
            optimizer.step()
        with Log() as log:
            step()
        assert not any("norm" in name or "_local_scalar" in name for name in log.names), log.names
        with torch.profiler.profile() as profile:
            step()
        assert "aten::_foreach_norm" not in {e.key for e in profile.key_averages()}
        assert "aten::item" not in {e.key for e in profile.key_averages()}
        """,
    )
    assert all(m.values["loss"] > 0 for m in told.metrics if "loss" in m.values)


async def test_an_optimizer_for_every_parameter(zygote) -> None:
    """Steps taken inside backward, by a hook on each parameter."""
    told = await _run(
        zygote,
        """
        net, _ = make()
        del _
        own = {p: torch.optim.SGD([p], lr=0.1) for p in net.parameters()}
        net2 = nn.ModuleList(nn.Linear(3, 3) for _ in range(4))
        own |= {p: torch.optim.SGD([p], lr=0.1) for p in net2.parameters()}
        def step(p):
            own[p].step()
            own[p].zero_grad()
        for p in own:
            p.register_post_accumulate_grad_hook(step)
        for _ in range(10):
            h = net(x)
            for layer in net2:
                h = layer(h)
            F.cross_entropy(h, y).backward()
        """,
    )
    assert any("loss" in m.values for m in told.metrics)


async def test_a_judged_spell_keeps_its_losses(fire) -> None:
    trial = '''
def test_losses(training):
    """three losses"""
    assert len(training.losses) == 3
    assert training.steps == 3
'''
    source = HEAD + textwrap.dedent(
        """
        net, optimizer = make()
        for _ in range(3):
            optimizer.zero_grad()
            F.cross_entropy(net(x), y).backward()
            optimizer.step()
        """
    )
    told = await fire.cast(source, trial=trial)
    assert told.reason is Reason.PASSED, told.checks
