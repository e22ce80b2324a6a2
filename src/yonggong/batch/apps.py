from django.apps import AppConfig


class BatchConfig(AppConfig):
    name = "yonggong.batch"
    label = "batch"
    verbose_name = "批量业务"

    def ready(self) -> None:
        """Have workbooks follow an employer to another agency."""
        from yonggong.batch.moving import follow
        from yonggong.cases.moving import when_moved

        when_moved(follow)
