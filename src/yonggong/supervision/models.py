"""The tables of the room stand in the files of their subject, and are found here by their names."""

from __future__ import annotations

from yonggong.supervision.act_models import Act as Act
from yonggong.supervision.clue_models import Clue as Clue
from yonggong.supervision.clue_models import Gathered as Gathered
from yonggong.supervision.clue_models import InsuredFigure as InsuredFigure
from yonggong.supervision.clue_models import Looked as Looked
from yonggong.supervision.clue_models import Trait as Trait
from yonggong.supervision.look_models import Look as Look
from yonggong.supervision.order_models import Defaulter as Defaulter
from yonggong.supervision.order_models import Notice as Notice
from yonggong.supervision.order_models import Order as Order
from yonggong.supervision.order_models import Penalty as Penalty
from yonggong.supervision.order_models import Reply as Reply
from yonggong.supervision.plan_models import Inspection as Inspection
from yonggong.supervision.plan_models import Plan as Plan
from yonggong.supervision.recusal_models import Recusal as Recusal
