using Rapport.Design;

namespace Rapport.Webhooks.Pages;

/// <summary>Endpoints in words.</summary>
internal static class WebhookWords
{
    public static (string Text, Tone Tone) Of(WebhookStanding standing) => standing switch
    {
        WebhookStanding.Working => ("on", Tone.Green),
        WebhookStanding.Failing => ("failing, tried again", Tone.Amber),
        WebhookStanding.Paused => ("paused", Tone.Neutral),
        WebhookStanding.Off => ("turned off", Tone.Red),
    };

    public static (string Text, Tone Tone) Of(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => ("waits", Tone.Amber),
        DeliveryState.Delivered => ("taken", Tone.Green),
        DeliveryState.Failed => ("given up", Tone.Red),
        DeliveryState.Withheld => ("not told", Tone.Neutral),
    };

    public static string Kind(string name) => EventKind.All.FirstOrDefault(k => k.Name == name)?.Words ?? EventKind.Test.Words;

    public static string Kinds(WebhookRow row) => row.Kinds.Count == 0 ? "everything" : string.Join(", ", row.Kinds);

    public static string Attempt(AttemptRow attempt) => attempt.Status is { } status ? $"{status} in {attempt.Milliseconds:N0} ms" : "no answer";
}
