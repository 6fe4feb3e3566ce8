"""The promise that is proposed when a contract has none yet; the parties may reword it."""

from django.utils.translation import gettext_lazy as _

PROPOSED = _(
    "我们就本合同共同承诺：\n"
    "一、不向对方及其工作人员送礼、宴请、报销费用或给予其他好处，也不索取、不收受。\n"
    "二、招标、计量、变更、验收和结算按规定和约定办理，留下记录，接受查阅。\n"
    "三、与本合同有利害关系的人员主动说明并回避。\n"
    "四、按时足额支付工人工资，不以物品、消费券抵扣。\n"
    "五、发现违反本承诺的，及时告知对方和主管部门，配合查处。\n"
    "六、本承诺向社会公示，接受居民监督。"
)
#: What a signatory agrees to, word for word.
CONSENT = _(
    "我经“%(organisation)s”授权，代表本单位签署《%(contract)s》的廉洁承诺（指纹 %(digest)s），"
    "同意向社会公示。"
)
