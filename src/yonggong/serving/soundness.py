"""Is the installation sound, and if not, what to do."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPException, HTTPSConnection
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from yonggong import policy
from yonggong.cases.items import kinds_in_use
from yonggong.codes import calendar
from yonggong.documents.rendering.fonts import (
    RARE_PACKAGES,
    MissingFont,
    font_paths,
    rare_font_files,
)
from yonggong.privileges import why_not_application
from yonggong.registry.handling import unclear
from yonggong.registry.models import Worker
from yonggong.reminders import channels
from yonggong.serving import sign_in_checks
from yonggong.serving.result import Soundness
from yonggong.serving.verifying import verified
from yonggong.sources.current import refresh
from yonggong.uploads import scanning
from yonggong.vault import keys
from yonggong.vault.ciphers import CIPHERS
from yonggong.vault.digests import is_ours

_NEEDED_ASSETS = (
    "vendor/tabler/css/tabler.min.css",
    "vendor/tabler/js/tabler.min.js",
    "vendor/htmx/htmx.min.js",
    "vendor/tom-select/js/tom-select.complete.min.js",
)


# What the proxy's file has it add to answers.
_PROXY, _PROXY_SECONDS = "yonggong-proxy", 10

# How many doubts about agencies are said in full.
_SHOWN = 3


def all_checks() -> Iterator[Soundness]:
    """Look at everything, the database first: without it the rest of its checks are left out."""
    database = _database()
    yield database
    if database.sound:
        with suppress(DatabaseError):  # before the first migration
            refresh()
        for check in _ON_DATABASE:
            yield check()
    yield _keys()
    yield _fonts()
    yield _assets()
    yield _policy()
    yield _looked_at()
    yield _days_off()
    yield _proxy()
    yield _scanner()
    yield sign_in_checks.certificates()
    yield sign_in_checks.provider()
    yield sign_in_checks.texts()
    yield sign_in_checks.second_factor()
    yield from map(_channel, channels.configured())


def _database() -> Soundness:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10000
    except DatabaseError as error:
        return Soundness(
            "数据库",
            False,
            f"无法连接：{str(error).splitlines()[0]}",
            "检查 DATABASE_URL；未配置时平台使用自带数据库，检查数据目录是否可写。",
        )
    return Soundness(
        "数据库", version >= 15, f"PostgreSQL {version}", "需要 PostgreSQL 15 或更高版本。"
    )


def _migrations() -> Soundness:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = f"有 {len(waiting)} 项未执行" if waiting else "已是最新"
    return Soundness("数据库结构", not waiting, found, "执行 yonggong migrate。")


def _application_role() -> Soundness:
    """Signed in as the application itself, not asked about from outside: so that a pooler between,
    or what DATABASE_URL adds, is seen."""
    wrong = why_not_application()
    return Soundness(
        "应用权限",
        not wrong,
        wrong or f"应用以 {settings.APPLICATION_ROLE} 登录，只增表不可修改、不可删除",
        "执行 yonggong migrate 重新授权；角色由数据库管理员建立的，请其按此调整。",
    )


def _jobs() -> Soundness:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
            seen = cursor.fetchone()[0]
    except DatabaseError:
        return Soundness("后台任务", False, "任务表尚未建立", "执行 yonggong migrate。")
    alive = seen is not None and timezone.now() - seen < timedelta(minutes=1)
    found = "正在运行" if alive else "没有正在运行的后台任务进程"
    return Soundness(
        "后台任务", alive, found, "执行 yonggong run，或用 yonggong jobs 单独启动后台任务进程。"
    )


def _fonts() -> Soundness:
    try:
        count = len(font_paths())
    except MissingFont as error:
        return Soundness("中文字体", False, str(error), "执行 npm ci 安装字体包。")
    rare = len(rare_font_files())
    if rare < len(RARE_PACKAGES):
        packages = "、".join(RARE_PACKAGES)
        found = (
            f"常用字齐全；生僻字字体缺 {len(RARE_PACKAGES) - rare} 种，文书中没有字形的字印为编码"
        )
        return Soundness("中文字体", True, f"{found}。安装系统软件包 {packages} 可补齐")
    return Soundness("中文字体", True, f"{count} 处，含生僻字")


def _assets() -> Soundness:
    missing = [name for name in _NEEDED_ASSETS if finders.find(name) is None]
    found = f"缺少 {'、'.join(missing)}" if missing else "齐全"
    return Soundness("页面资源", not missing, found, "执行 npm ci 安装前端包。")


def _policy() -> Soundness:
    errors = [gap for gap in policy.check() if gap.level == "error"]
    found = f"{len(errors)} 处错误" if errors else "没有缺漏和矛盾"
    return Soundness("政策数据", not errors, found, "执行 yonggong policy check 查看并改正。")


def _looked_at() -> Soundness:
    """Values not compared with their source for more than a year raise an alarm."""
    book, today = policy.default_book(), timezone.localdate()
    open_count, stale = len(policy.unchecked(book)), len(policy.stale(book, today))
    return Soundness(
        "政策数据核对",
        not stale,
        f"{stale} 项超过一年未核对，{open_count} 项待核",
        "由各地业务主管在“政策数据”页面逐项核对，上传依据文件。",
    )


def _days_off() -> Soundness:
    """Time limits are only as sure as the calendar of their year."""
    year, (_, last) = timezone.localdate().year, calendar.published_years()
    said = "" if last > year else f"，{max(last, year) + 1} 年尚未公布，按法定节假日和周末推算"
    return Soundness(
        "放假安排",
        last >= year,
        f"已有至 {last} 年的放假安排{said}",
        "国务院办公厅的通知公布后，执行 yonggong calendar load 文件，或在“放假安排”页面载入。",
    )


def _agencies() -> Soundness:
    """Each matter has exactly one agency wherever its department has any."""
    try:
        doubts = list(unclear(kind.matter for kind in kinds_in_use()))
    except DatabaseError:
        return Soundness("受理机构", False, "机构表尚未建立", "执行 yonggong migrate。")
    said = "；".join(doubts[:_SHOWN])
    return Soundness(
        "受理机构",
        not doubts,
        f"{len(doubts)} 处不能确定由哪个机构受理：{said}"
        if doubts
        else "每项业务都有唯一的受理机构",
        "按部门、业务线和层级核对机构的设置，或指定机构受理的事项。",
    )


def _scanner() -> Soundness:
    """The virus scanner, where one is configured: while it is silent, nothing can be uploaded."""
    title = "病毒检查"
    if not settings.CLAMAV:
        return Soundness(title, True, "未配置，上传的文件不经病毒检查。建议设置 YONGGONG_CLAMAV")
    try:
        said = scanning.asked(settings.CLAMAV, b"zVERSION\0")
    except OSError as error:
        return Soundness(
            title, False, f"无法连接：{error}", "检查 YONGGONG_CLAMAV 和 ClamAV 服务（clamd）。"
        )
    return Soundness(title, True, said)


def _proxy() -> Soundness:
    """Where the platform is reached by name, the proxy that limits what it cannot itself: asked
    through it, whoever signed its certificate."""
    title, hosts = "前置代理", settings.PUBLIC_HOSTS
    if not hosts:
        return Soundness(title, True, "没有配置对外域名（YONGGONG_HOSTS），只供本机使用")
    wrong = [f"{host}（{said}）" for host in hosts if (said := _missing_proxy(host))]
    return Soundness(
        title,
        not wrong,
        f"没有经过代理：{'；'.join(wrong)}" if wrong else f"{'、'.join(hosts)} 经过代理",
        "按 deploy/nginx/yonggong.conf 在前面配置 nginx：加密、限制同一地址的连接、断开不收不发的连接。",
    )


def _missing_proxy(host: str) -> str:
    """Why the proxy is not seen there; "" where it answers."""
    reached = HTTPSConnection(
        host, timeout=_PROXY_SECONDS, context=ssl._create_unverified_context()
    )
    try:
        reached.request("GET", settings.LOGIN_URL)
        by = reached.getresponse().headers.get("Via", "")
    except (OSError, HTTPException) as error:
        return f"无法连接：{error}"
    finally:
        reached.close()
    return "" if _PROXY in by else "答复中没有代理的标记"


def _channel(channel: channels.Channel) -> Soundness:
    """A way out for reminders, where one is configured."""
    title = f"提醒渠道（{channel.title}）"
    try:
        channel.open()
    except OSError as error:
        return Soundness(
            title, False, f"无法连接：{error}", "检查 YONGGONG_SMTP_ 开头的配置和邮件服务器。"
        )
    channel.close()
    return Soundness(title, True, "可以连接")


def _keys() -> Soundness:
    """Where the secrets lie: not with the data, where others than this machine are served, and for
    nobody else to read."""
    found = [keys.find(name, settings.DATA_DIR) for name in keys.NAMES]
    files = [one.path for one in found if one.path]
    beside = [path.name for path in files if _lies_with_the_data(path)]
    readable = [str(path) for path in files if path.stat().st_mode & 0o077]
    said = []
    if beside:
        said.append(
            f"{'、'.join(beside)} 与数据同在 {settings.DATA_DIR}，拿走该目录就能解开加密的数据"
        )
    if readable:
        said.append(f"其他用户也能读取 {'、'.join(readable)}")
    places = dict.fromkeys(str(one.path.parent) if one.path else one.variable for one in found)
    sound = not readable and not (beside and settings.PUBLIC_HOSTS)
    cipher, _ = CIPHERS[settings.SEALING_CIPHER]
    current = keys.key_id(settings.SEALING_KEYS[0])
    now = f"现用 {current}（{cipher}），共 {len(settings.SEALING_KEYS)} 把"
    if sound and beside:
        said.append("只供本机试用时可以如此")
    return Soundness(
        "密钥",
        sound,
        "；".join(said) or f"在 {'、'.join(places)}，与数据分开；{now}",
        "先备份，再把密钥文件移到数据目录以外、只有运行平台的用户可读的目录，用 YONGGONG_KEY_DIR 指明，"
        "或用 systemd 的 LoadCredential 交给进程。",
    )


def _lies_with_the_data(path: Path) -> bool:
    """The data lies in the data folder where the database is the platform's own, or the file lies in
    that folder all the same."""
    return path.is_relative_to(settings.DATA_DIR) and not os.environ.get("DATABASE_URL")


# Of each table so many, the newest, are opened by `yonggong check`.
_OPENED = 500


def _sealed() -> Soundness:
    """The newest sealed values open where they stand; digests were made with the secret that is here."""
    title = "加密数据"
    try:
        opened, broken = verified(newest=_OPENED)
        worker = Worker.objects.order_by("-pk").first()
    except DatabaseError:
        return Soundness(title, False, "数据表尚未建立", "执行 yonggong migrate。")
    wrong = [str(one) for one in broken[:_SHOWN]]
    if worker is not None and not is_ours(bytes(worker.document_digest)):
        wrong.append("人员的证件号码摘要不是用现有的 digest.key 生成的，按证件号码找不到已登记的人")
    return Soundness(
        title,
        not wrong,
        f"{len(broken)} 处不能解开：{'；'.join(wrong)}" if wrong else f"抽查 {opened} 处，都能解开",
        "缺密钥的，把原来的密钥补进 sealing.keys（现用的在第一行）；被改动过的，查明原因，从备份找回。"
        "执行 yonggong verify 核对全部。",
    )


_ON_DATABASE: tuple[Callable[[], Soundness], ...] = (
    _migrations,
    _application_role,
    _sealed,
    _jobs,
    _agencies,
)
