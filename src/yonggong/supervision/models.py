"""The tables of the room stand in the files of their subject, and are found here by their names."""

from __future__ import annotations

from yonggong.supervision.act_models import Act as Act
from yonggong.supervision.clue_models import Clue as Clue
from yonggong.supervision.clue_models import Gathered as Gathered
from yonggong.supervision.clue_models import InsuredFigure as InsuredFigure
from yonggong.supervision.clue_models import Looked as Looked
from yonggong.supervision.clue_models import Trait as Trait
