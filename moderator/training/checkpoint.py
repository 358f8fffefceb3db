"""The state of a training run on disk, as safetensors and JSON; a write cut short never replaces a good one."""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn


class Checkpoint:
    """Weights, their moving average and the optimizer's moments of one run."""

    def __init__(self, directory: Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> None:
        self._directory = directory
        self._model = model
        self._optimizer = optimizer
        self._average = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def average(self, decay: float, updates: int) -> None:
        """Move the average towards the present weights; early on it follows faster, so that it forgets the start."""
        weight = 1.0 - min(decay, (1.0 + updates) / (10.0 + updates))
        with torch.no_grad():
            for name, value in self._model.state_dict().items():
                average = self._average[name]
                if average.is_floating_point():
                    average.lerp_(value, weight)

    def save(self, step: int) -> None:
        """Write the state after `step` steps; the former one is replaced only when this one is complete."""
        partial = self._directory.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        save_file(self._contiguous(self._model.state_dict()), partial / "weights.safetensors")
        save_file(self._contiguous(self._average), partial / "average.safetensors")
        moments: dict[str, Tensor] = {}
        for group, settings in enumerate(self._optimizer.param_groups):
            for name, value in self._optimizer.state[settings["params"][0]].items():
                moments[f"{group}.{name}"] = value
        save_file(self._contiguous(moments), partial / "moments.safetensors")
        (partial / "state.json").write_text(json.dumps({"step": step}), encoding="utf-8")
        former = self._directory.with_suffix(".former")
        shutil.rmtree(former, ignore_errors=True)
        if self._directory.exists():
            self._directory.rename(former)
        partial.rename(self._directory)
        shutil.rmtree(former, ignore_errors=True)

    def restore(self) -> int:
        """Load the saved state, if any; return the number of steps done."""
        former = self._directory.with_suffix(".former")
        if former.exists() and not self._directory.exists():
            former.rename(self._directory)  # the last write was cut short between its two renames
        if not (self._directory / "state.json").is_file():
            return 0
        self._model.load_state_dict(load_file(self._directory / "weights.safetensors"))
        device = next(self._model.parameters()).device
        self._average = {k: v.to(device) for k, v in load_file(self._directory / "average.safetensors").items()}
        for name, value in load_file(self._directory / "moments.safetensors").items():
            group, moment = name.split(".", 1)
            parameter = self._optimizer.param_groups[int(group)]["params"][0]
            self._optimizer.state[parameter][moment] = value if moment == "step" else value.to(device)
        step = json.loads((self._directory / "state.json").read_text(encoding="utf-8"))["step"]
        return int(step)

    def export(self, path: Path, labels: list[str]) -> Path:
        """Write the averaged weights, the labels in the file's metadata."""
        save_file(self._contiguous(self._average), path, metadata={"labels": ",".join(labels)})
        return path

    @staticmethod
    def _contiguous(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        return {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
