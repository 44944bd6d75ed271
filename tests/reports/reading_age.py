"""How old one must be to read a text: the grade of Flesch and Kincaid, plus five years.

Source: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, Derivation of new readability formulas for Navy
enlisted personnel, Research Branch Report 8-75, 1975: 0.39 × words per sentence + 11.8 × syllables per word − 15.59.
"""

from __future__ import annotations

import re

START_OF_SCHOOL = 5  # years; the first grade is read at six

_WORD = re.compile(r"[A-Za-z’']+|\d[\d,.]*")
_SENTENCE = re.compile(r"[^.!?;:]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouytd])ed$|(?<=[aeiouy])(?<!i)ed$|e(?=ments?$)|(?<=[^aeiouy])es?$")
_HISSING = re.compile(r"(ch|sh|ss|c|g|s|x|z)es$")  # the ending is heard: changes, classes
# vowels that stand together and are two syllables: mediate, area, earlier, being, quiet, science, trial, previous
_APART = re.compile(r"iat|[dr]ea$|[lrs]ier|[aeou]ing|uiet|scien|trial|vious")


def syllables(word: str) -> int:
    """About how many syllables a word has; a figure is one, as it is read at a glance."""
    plain = word.lower().strip("’'").replace("’", "'").removesuffix("'s")
    if not plain or plain[0].isdigit():
        return 1
    more = len(_APART.findall(plain))
    if re.search(r"[^aeiouy]les?$", plain):  # the “le” is heard: table, people
        return len(_VOWELS.findall(re.sub(r"les?$", "", plain))) + 1 + more
    found = _VOWELS.findall(_SILENT.sub("", _HISSING.sub(r"\1is", plain)))
    return max(1, len(found) + more)


def age(text: str) -> float:
    """Years. A text without a word is read at any age."""
    sentences = [part for part in _SENTENCE.findall(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    if not words:
        return 0.0
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + START_OF_SCHOOL
