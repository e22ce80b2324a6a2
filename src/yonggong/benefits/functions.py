"""All functions of the room, by name; importing the files of their subjects puts them on the shelf."""

from yonggong.benefits import ages, days, incomes, injuries, numbers
from yonggong.benefits.reckoning import SHELF

_SUBJECTS = (days, ages, numbers, incomes, injuries)
FUNCTIONS = SHELF.functions
