"""One page that says what a results file holds: how likely a fire of each size is, and where it burns."""

import matplotlib.pyplot as plt

from . import exceedance, maps, style
from .results import at, conditions, given_start, labels, main_axis, thinned


def overview(data, **choice):
    """Returns the page as a figure: exceedance curves along the main axis, and burn-probability maps of its last four
    values, both of the fires that started.

    `choice` picks values of the other axes; by default their first. Raises ValueError if the file has no maps.
    """
    if not maps.has_maps(data):
        raise ValueError("there are no maps in this file; the experiment needs outputs.maps: true")
    by = main_axis(data)
    chosen = given_start(thinned(at(data, by, **choice), 12))
    probability = maps.probability(chosen.isel({by: slice(-4, None)}))
    figure, axes = plt.subplot_mosaic([["curves", "a", "b"], ["curves", "c", "d"]], figsize=(12, 5.6),
                                      width_ratios=[1.7, 1, 1])
    exceedance.plot(exceedance.curve(chosen.burn_fraction, confidence=data.attrs["confidence"]), axes=axes["curves"],
                    legend=False)
    axes["curves"].legend(ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.13), handlelength=3.2)
    axes["curves"].set_title("How likely is a larger fire?")
    for place, (panel, label) in enumerate(zip("abcd", labels(probability[by]))):
        image = maps.plot_burn_probability(probability.isel({by: place}), axes[panel], colorbar=False)
        axes[panel].set_title(label)
    for panel in "abcd"[probability.sizes[by]:]:
        axes[panel].set_axis_off()
    maps.share_bar(figure, image, [axes[panel] for panel in "abcd"], "burn probability", extend="min")
    runs = int(chosen.runs_ok.max())
    figure.suptitle(f"{data.attrs['name']}: {'up to ' if int(chosen.runs_ok.min()) < runs else ''}{style.count(runs)} "
                    f"fires of each {style.words(by)}, {conditions(chosen)}, "
                    f"{chosen.sizes['x']} x {chosen.sizes['y']} cells", fontsize=11)
    return figure
