"""Writes a schedule in which everything happens later.
usage: shift.py MINUTES < SCHEDULE > SCHEDULE"""
import re
import sys
from datetime import timedelta

from read import instant


def main(minutes):
    later = timedelta(minutes=int(minutes))
    sys.stdout.write(re.sub(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ',
                            lambda m: (instant(m[0]) + later).strftime('%Y-%m-%dT%H:%M:%SZ'), sys.stdin.read()))


if __name__ == '__main__':
    main(*sys.argv[1:])
