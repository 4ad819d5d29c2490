"""What Chromium on the box may do: show the station, make sound, and nothing else."""

from typing import Any

from kiosk.outputs.rules import Plan

OFF = (
    "AllowDinosaurEasterEgg", "AlternateErrorPagesEnabled", "AutofillAddressEnabled",
    "AutofillCreditCardEnabled", "BackgroundModeEnabled", "BookmarkBarEnabled", "BrowserAddPersonEnabled",
    "BrowserGuestModeEnabled", "ComponentUpdatesEnabled", "DefaultBrowserSettingEnabled",
    "EditBookmarksEnabled", "MetricsReportingEnabled", "PasswordManagerEnabled", "PrintingEnabled",
    "PromotionsEnabled", "SearchSuggestEnabled", "ShowHomeButton", "SpellcheckEnabled", "TranslateEnabled",
    "UserFeedbackAllowed",
)  # fmt: skip
"""Bubbles, bars, dialogs, and whatever asks the internet."""

BLOCKED = 2
"""The value by which the settings of Chromium's sites refuse without asking."""


def policy(plan: Plan) -> dict[str, Any]:
    """A managed policy: names and values of https://chromeenterprise.google/policies, for Chromium 109 on."""
    own = [f"{name}:{plan.port}" for name in ("127.0.0.1", "localhost")]
    return dict.fromkeys(OFF, False) | {
        "AutoplayAllowed": True,
        "AudioCaptureAllowedUrls": [plan.server],
        "VideoCaptureAllowedUrls": [plan.server],
        "BrowserSignin": 0,
        "SyncDisabled": True,
        "DefaultGeolocationSetting": BLOCKED,
        "DefaultNotificationsSetting": BLOCKED,
        "DefaultPopupsSetting": BLOCKED,
        "DeveloperToolsAvailability": BLOCKED,
        "NetworkPredictionOptions": 2,
        "DownloadRestrictions": 3,
        "IncognitoModeAvailability": 1,
        "ExtensionInstallBlocklist": ["*"],
        "URLBlocklist": ["*"],
        "URLAllowlist": own,
    }
