"""The tables of this room, by subject."""

from yonggong.relations.collective_models import CollectiveReview as CollectiveReview
from yonggong.relations.harmony_models import HarmonyRecognition as HarmonyRecognition
from yonggong.relations.layoff_models import LaidOff as LaidOff
from yonggong.relations.layoff_models import LayoffReport as LayoffReport
from yonggong.relations.licence_models import DispatchLicence as DispatchLicence
from yonggong.relations.licence_models import DispatchReport as DispatchReport
from yonggong.relations.licence_models import EnteredLicence as EnteredLicence
from yonggong.relations.licence_models import LicenceAct as LicenceAct
from yonggong.relations.licence_models import LicenceEnding as LicenceEnding
from yonggong.relations.minor_models import HealthCheck as HealthCheck
from yonggong.relations.minor_models import Minor as Minor
from yonggong.relations.permit_models import PermittedPost as PermittedPost
from yonggong.relations.permit_models import SpecialHoursPermit as SpecialHoursPermit
