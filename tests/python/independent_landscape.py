"""Fires on a landscape a second time, from the written physics: numpy, doubles, nothing rounded to bins or integers."""

import dataclasses

import numpy as np

NEIGHBOURS = [(dx, dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dx, dy) != (0, 0)]


@dataclasses.dataclass
class Case:
    """A landscape, its weather and where its fires start; arrays have the shape (height, width)."""

    fuel: np.ndarray
    classes: list
    """(spread, density or None, burnable) of each."""
    elevation: np.ndarray | None = None
    cell: tuple = (30.0, 30.0)
    convergence: float = 0.0
    parameters: dict = dataclasses.field(default_factory=dict)
    start: tuple = (0, 0)
    max_steps: int = 10_000

    def get(self, name):
        defaults = {"wind_speed": 0, "wind_direction": 0, "humidity": 0, "temperature": 0, "vegetation_density": 0.85,
                    "fuel_scale": 1, "max_probability": 0.6, "wind_directionality": 0, "slope_coefficient": 0.069,
                    "independent": 0, "alexandridis": 0}
        return {**defaults, **self.parameters}[name]

    def gradient(self):
        """d(elevation)/dx and /dy, y to the south."""
        if self.elevation is None:
            return np.zeros(self.fuel.shape), np.zeros(self.fuel.shape)
        south, east = np.gradient(self.elevation, self.cell[1], self.cell[0])
        return east, south

    def weights(self):
        """What a burning neighbour adds, shape (8, height, width), in the order of NEIGHBOURS."""
        wind = self.get("wind_speed")
        if self.get("alexandridis"):
            factor = 0.58 * np.exp(0.045 * wind / 3.6)
        else:
            factor = (0.35 * (1 + wind / 120) * (1.15 - self.get("humidity") / 100)
                      * (0.85 + self.get("temperature") / 120) * 0.45)
        towards = np.radians(self.get("wind_direction") + 180 + self.convergence)
        spread = np.array([spread for spread, _, _ in self.classes])[self.fuel]
        east, south = self.gradient()
        directions = np.array([(-dx * self.cell[0], -dy * self.cell[1]) for dx, dy in NEIGHBOURS])
        directions /= np.linalg.norm(directions, axis=1)[:, None]
        cosine = directions @ [np.sin(towards), -np.cos(towards)]
        blown = np.exp(self.get("wind_directionality") * wind * (cosine - 1))
        if not self.get("alexandridis"):
            blown /= blown.mean()
        angle = np.degrees(np.arctan(directions[:, 0, None, None] * east + directions[:, 1, None, None] * south))
        slope = np.exp(self.get("slope_coefficient") * np.clip(angle, -45, 45))
        return factor * self.get("fuel_scale") * spread * blown[:, None, None] * slope

    def burn(self, fires, rng):
        """Burnt cells and steps of so many fires, all at once, and how many of them burnt each cell."""
        height, width = self.fuel.shape
        stride = (height + 2) * (width + 2)  # a border where nothing grows
        density = np.array([self.get("vegetation_density") if density is None else density for _, density, _ in self.classes])
        burnable = np.array([burnable for _, _, burnable in self.classes])[self.fuel]
        fuel = np.zeros((fires, height + 2, width + 2), dtype=bool)
        fuel[:, 1:-1, 1:-1] = (rng.random((fires, height, width)) < density[self.fuel]) & burnable
        fuel = fuel.ravel()
        grown = fuel.copy()
        weights = np.pad(self.weights(), ((0, 0), (1, 1), (1, 1))).reshape(8, stride)
        independent = self.get("independent") or self.get("alexandridis")
        cap = 1 if self.get("alexandridis") else self.get("max_probability")
        burning = np.arange(fires) * stride + (self.start[1] + 1) * (width + 2) + self.start[0] + 1
        grown[burning], fuel[burning] = True, False
        burnt = np.ones(fires, dtype=int)
        steps = np.zeros(fires, dtype=int)
        for step in range(self.max_steps):
            if not burning.size:
                break
            steps[np.unique(burning // stride)] = step + 1
            reached, weight = [], []
            for (dx, dy), by_cell in zip(NEIGHBOURS, weights):
                cell = burning - dy * (width + 2) - dx  # whose neighbour in that direction burns
                cell = cell[fuel[cell]]
                reached.append(cell)
                weight.append(by_cell[cell % stride])
            reached, where = np.unique(np.concatenate(reached), return_inverse=True)
            weight = np.concatenate(weight)
            if independent:
                with np.errstate(divide="ignore"):
                    p = -np.expm1(np.bincount(where, np.log1p(-np.minimum(1, weight)), reached.size))
            else:
                p = np.bincount(where, weight, reached.size)
            burning = reached[rng.random(reached.size) < np.minimum(cap, p)]
            fuel[burning] = False
            burnt += np.bincount(burning // stride, minlength=fires)
        burn_count = (grown & ~fuel).reshape(fires, height + 2, width + 2).sum(axis=0)[1:-1, 1:-1]
        return burnt, steps, burn_count

    def text(self, fires):
        """The case as landscape_fires reads it."""
        height, width = self.fuel.shape
        lines = [f"{width} {height} {self.cell[0]} {self.cell[1]} {self.convergence} {len(self.classes)} "
                 f"{int(self.elevation is not None)}"]
        lines += [f"{spread} {-1 if density is None else density} {int(burnable)}" for spread, density, burnable in self.classes]
        lines += [f"{name} {value}" for name, value in self.parameters.items()]
        lines += [f"burn {self.start[0]} {self.start[1]} {self.max_steps} {fires}"]
        lines += [" ".join(map(str, row)) for row in self.fuel]
        if self.elevation is not None:
            lines += [" ".join(map(repr, map(float, row))) for row in self.elevation]
        return "\n".join(lines)
