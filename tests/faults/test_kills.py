"""An ensemble that is killed ends, when it is resumed, as if nothing had happened."""

import kill_loop


def test_random_kills_of_ranks_and_launcher_change_nothing(tmp_path):
    kill_loop.loop(kills=6, seed=20, folder=tmp_path)
