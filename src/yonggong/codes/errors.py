"""The one error of this room: a code or an identifier that is not right."""


class CodeError(ValueError):
    """A value that is not a right identifier or code, said so that a person can mend it.

    `code` is stable and goes out through the API (`id_number.checksum`); `message_zh` says what
    is wrong and `remedy_zh` what to do. Neither repeats the value: it may be personal data.
    """

    def __init__(self, code: str, message_zh: str, remedy_zh: str) -> None:
        super().__init__(code, message_zh, remedy_zh)
        self.code = code
        self.message_zh = message_zh
        self.remedy_zh = remedy_zh

    def __str__(self) -> str:
        return f"{self.message_zh}，{self.remedy_zh}"
