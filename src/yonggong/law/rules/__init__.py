"""The rules, by subject. Importing this package registers all of them."""

from yonggong.law.rules import persons, probation, terms

SUBJECTS = (persons, terms, probation)
