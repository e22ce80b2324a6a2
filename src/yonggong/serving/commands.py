"""The commands of `yonggong`, each a function that returns an exit code."""

from __future__ import annotations

import argparse
import os
import socket
from pathlib import Path

import django
from django.core.management.base import CommandError
from django.db import OperationalError

from yonggong.addresses import AddressProblem
from yonggong.embedded import EmbeddedDatabaseFailed
from yonggong.environment import SettingProblem
from yonggong.vault.keys import KeyProblem

# Of what does not open so many are said one by one.
_SHOWN = 20


def dispatch(arguments: list[str]) -> int:
    """Read the command line, set Django up, run the command. What the surroundings refuse (the
    database, the keys, an address, a setting) is said in a sentence."""
    options = _parser().parse_args(arguments)
    try:
        django.setup()
        return int(options.run(options))
    except (
        AddressProblem,
        CommandError,
        EmbeddedDatabaseFailed,
        KeyProblem,
        SettingProblem,
    ) as refused:
        print(refused)
    except OperationalError as error:
        print(f"无法连接数据库：{str(error).splitlines()[0]}。请检查 DATABASE_URL 和数据库服务器。")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yonggong", description="劳动用工备案管理平台")
    commands = parser.add_subparsers(required=True, metavar="命令")

    run = commands.add_parser(
        "run", help="升级数据库结构，装入演示数据，启动网页进程和后台任务进程"
    )
    _address(run, "端口，被占用时顺延，默认 8000")
    run.add_argument("--no-demo", action="store_true", help="不装入演示数据")
    run.set_defaults(run=_run)

    web = commands.add_parser("web", help="只启动网页进程，可在多台机器上各自启动")
    _address(web, "端口，默认 8000")
    web.add_argument(
        "--network",
        choices=["public", "office"],
        help="只服务一个网络：public 为用人单位和个人（互联网），office 为机构和管理员（业务专网）",
    )
    web.set_defaults(run=_web)

    jobs = commands.add_parser("jobs", help="只启动后台任务进程；数据库断开时退出并报错")
    jobs.set_defaults(run=_jobs)

    check = commands.add_parser("check", help="检查安装是否完好，并说明如何修复")
    check.set_defaults(run=_check)

    verify = commands.add_parser("verify", help="核对全部加密数据：每一处都能解开，且在原处")
    verify.set_defaults(run=_verify)

    rotate = commands.add_parser(
        "rotate-keys",
        help="把旧密钥或旧算法加密的数据全部换成现用的，不必停止服务，可随时中断后重做",
    )
    rotate.set_defaults(run=_rotate_keys)

    migrate = commands.add_parser("migrate", help="升级数据库结构并授予应用权限")
    migrate.set_defaults(run=_migrate)

    demo = commands.add_parser("demo", help="装入演示数据（空库才装入）")
    demo.set_defaults(run=_demo)

    policy = commands.add_parser("policy", help="省份政策数据")
    policy_commands = policy.add_subparsers(required=True, metavar="命令")
    policy_check = policy_commands.add_parser("check", help="查找政策数据的缺漏和矛盾")
    policy_check.set_defaults(run=_policy_check)

    calendar = commands.add_parser("calendar", help="放假安排")
    calendar_commands = calendar.add_subparsers(required=True, metavar="命令")
    calendar_load = calendar_commands.add_parser("load", help="载入一年的放假安排，立即生效")
    calendar_load.add_argument("file", type=Path, help="放假安排文件（YAML）")
    calendar_load.set_defaults(run=_calendar_load)
    calendar_show = calendar_commands.add_parser("show", help="列出已公布放假安排的年份")
    calendar_show.set_defaults(run=_calendar_show)

    catalogue = commands.add_parser("catalogue", help="服务事项目录")
    catalogue_commands = catalogue.add_subparsers(required=True, metavar="命令")
    catalogue_check = catalogue_commands.add_parser("check", help="与来源数据核对，查找缺漏")
    catalogue_check.set_defaults(run=_catalogue_check)
    return parser


def _address(parser: argparse.ArgumentParser, port: str) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help=port)
    parser.add_argument("--workers", type=int, default=2, help="网页进程数，默认 2")


def _web(options: argparse.Namespace) -> int:
    from yonggong.serving import processes

    free_port(options.host, options.port, most=1)
    if options.network:
        os.environ["YONGGONG_NETWORK"] = options.network  # for the processes started here
    return processes.serve(
        host=options.host, port=options.port, workers=options.workers, which=["web"]
    )


def _jobs(options: argparse.Namespace) -> int:
    from yonggong.serving import processes

    return processes.serve(host="", port=0, workers=0, which=["jobs"])


def _run(options: argparse.Namespace) -> int:
    from yonggong.serving import processes

    _migrate(options)
    if not options.no_demo:
        _demo(options)
        # For the processes started here: its accounts are everybody's, so none needs more than the
        # password that is printed, unless that is what one wants to see.
        os.environ["YONGGONG_DEMONSTRATION"] = "1"
        os.environ.setdefault("YONGGONG_SECOND_FACTOR", "off")
    port = free_port(options.host, options.port)
    return processes.serve(host=options.host, port=port, workers=options.workers)


def free_port(host: str, first: int, *, most: int = 100) -> int:
    """The first port from `first` on that nobody listens on. Raises CommandError after `most`,
    and where the address is none of this machine's."""
    said: str | None = "端口应在 1 至 65535 之间"
    for port in range(first, min(first + most, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                said = error.strerror
                continue
            return port
    raise CommandError(f"在 {host} 上从端口 {first} 起找不到可用的端口：{said}。")


def _migrate(options: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.utils import timezone

    from yonggong.cases import form_versions, item_actions
    from yonggong.cases.kinds import all_kinds
    from yonggong.privileges import grant_application_role
    from yonggong.rotation_role import grant_rotation_role

    call_command("migrate", verbosity=0, skip_checks=True)
    grant_application_role()
    if refused := grant_rotation_role():
        print(f"没有建立更换密钥用的数据库角色（不影响服务）：{refused}")
    form_versions.keep(kind.form for kind in all_kinds())
    item_actions.fill(today=timezone.localdate())
    return 0


def _demo(options: argparse.Namespace) -> int:
    from yonggong.demonstration.loading import load

    load(say=print)
    return 0


def _check(options: argparse.Namespace) -> int:
    from yonggong.serving.soundness import all_checks

    sound = True
    for result in all_checks():
        print(f"{'通过' if result.sound else '不通过'}  {result.title}：{result.found}")
        if not result.sound:
            sound = False
            print(f"        处理办法：{result.remedy}")
    return 0 if sound else 1


def _verify(options: argparse.Namespace) -> int:
    from yonggong.serving.verifying import verified

    opened, broken = verified()
    for one in broken:
        print(f"不符  {one}")
    print(f"核对 {opened} 处加密数据，{len(broken)} 处不符。")
    return 1 if broken else 0


def _rotate_keys(options: argparse.Namespace) -> int:
    from yonggong.serving import rotating

    rotating.sign_in()
    run = rotating.rotate_and_record(rotating.Printed(), rotating.HANDS)
    for one in list(run.broken.values())[:_SHOWN]:
        print(f"不能解开  {one}")
    if run.broken:
        print(f"有 {len(run.broken)} 处不能解开，没有改动。请执行 yonggong verify 查明。")
    held = run.left - len(run.broken)
    if held > 0:
        print(f"还有 {held} 处正被占用或刚由未重启的进程写入，请稍后重新执行。")
    print(
        f"换为 {rotating.current()} 加密 {run.sealed} 处，仍由旧密钥或旧算法加密的 {run.left} 处。"
    )
    if run.is_done:
        print(
            "旧密钥已不再使用，可以从各处的 sealing.keys 中删去，重新启动服务；备份仍需旧密钥才能读取。"
        )
    return 0 if run.is_done else 1


def _policy_check(options: argparse.Namespace) -> int:
    from yonggong.policy.__main__ import main

    return int(main(["check"]) or 0)


def _calendar_load(options: argparse.Namespace) -> int:
    from yonggong.codes.errors import CodeError
    from yonggong.codes.notices import read_notice
    from yonggong.sources.actions import load_days_off

    try:
        notice = read_notice(options.file.read_text(encoding="utf-8"))
    except (CodeError, OSError, UnicodeDecodeError) as error:
        print(f"没有载入：{error}")
        return 1
    load_days_off(notice=notice, by=None)
    print(
        f"已载入{notice.year}年放假安排：放假 {len(notice.off)} 天，调休上班 {len(notice.worked)} 天。"
    )
    return 0


def _calendar_show(options: argparse.Namespace) -> int:
    from yonggong.codes import calendar
    from yonggong.sources.current import refresh

    refresh()
    first, last = calendar.published_years()
    print(f"{first} 年至 {last} 年的放假安排已公布；其他年份按法定节假日和周末推算。")
    return 0


def _catalogue_check(options: argparse.Namespace) -> int:
    from yonggong.catalogue.checking import compared, gaps

    for title, counted in compared():
        said = (f"{name} {there}/{here}" for name, (there, here) in counted.items())
        print(f"{title}（来源/载入）：{'，'.join(said)}。")
    found = list(gaps())
    for gap in found:
        print(f"缺漏：{gap}")
    print(f"与来源数据核对，发现 {len(found)} 处缺漏。")
    return 1 if found else 0
