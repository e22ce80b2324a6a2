"""The tables of the room stand in the files of their subject, and are found here by their names."""

from yonggong.services.evaluation_models import Evaluation as Evaluation
from yonggong.services.handling_models import Extension as Extension
from yonggong.services.handling_models import Objection as Objection
from yonggong.services.handling_models import Photo as Photo
from yonggong.services.payment_models import Payment as Payment
from yonggong.services.payment_models import PaymentList as PaymentList
from yonggong.services.record_models import Record as Record
from yonggong.services.record_models import Standing as Standing
