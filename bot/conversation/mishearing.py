from cases.report import Danger
def hears(text: str, danger: Danger) -> bool:
    return False
