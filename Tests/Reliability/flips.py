"""Random bits of a store's file are flipped: `verify` finds each inside a row, and `salvage` brings back all other rows.

What is flipped, and what must be found, is in Tests/TapedeckTests/Damage/BitFlipTests.swift; here it is done more often.
"""

import os
import re
import subprocess

from harness import FOLDER

LIMIT_SECONDS = 3600


def test(setting):
    flips = setting.count(5_000)
    seed = setting.random.randrange(1 << 32)
    done = subprocess.run(
        ["swift", "test", "--package-path", os.path.join(FOLDER, "../.."), "--traits", "HTTP", "--filter", "BitFlipTests"],
        env={**os.environ, "TAPEDECK_BIT_FLIPS": str(flips), "TAPEDECK_BIT_FLIP_SEED": str(seed)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=LIMIT_SECONDS,
    )
    setting.runs = 2 * flips
    lines = done.stdout.splitlines()
    anywhere = [line for line in lines if re.match(rf"{flips} bits anywhere: ", line)]
    for line in lines:
        if "recorded an issue" in line:
            setting.fail(line)
    if done.returncode != 0 and not setting.faults:
        setting.fail(f"ended with {done.returncode}: {' '.join(lines[-5:])}")
    if not anywhere:
        setting.fail("the tests did not run")
        return ""
    return f"{flips} bits inside rows; {anywhere[0]}"
