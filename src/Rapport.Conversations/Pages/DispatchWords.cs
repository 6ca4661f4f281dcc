using Rapport.Channels;
using Rapport.Design;

namespace Rapport.Conversations.Pages;

/// <summary>What pages say of mail that goes out.</summary>
internal static class DispatchWords
{
    public static string Of(DispatchRow row) => row.State switch
    {
        DispatchState.Queued when row.Trouble is not null => "waits",
        DispatchState.Queued when row.Attempts > 0 => "put off",
        DispatchState.Queued => "on its way",
        DispatchState.Claimed => "being sent",
        DispatchState.HandedOver => "sent",
        DispatchState.Delivered => "arrived",
        DispatchState.Failed => "not delivered",
        DispatchState.Unknown => "in doubt",
    };

    public static Tone Tone(DispatchRow row) => row.State switch
    {
        DispatchState.Failed => Design.Tone.Red,
        DispatchState.Unknown => Design.Tone.Amber,
        DispatchState.Queued when row.Attempts > 0 || row.Trouble is not null => Design.Tone.Amber,
        DispatchState.Delivered => Design.Tone.Green,
        DispatchState.Queued or DispatchState.Claimed or DispatchState.HandedOver => Design.Tone.Neutral,
    };

    /// <summary>In one word for all recipients, when one word is true of all.</summary>
    public static string? Together(IReadOnlyList<DispatchRow> rows) => rows.Select(Of).Distinct().ToList() is [var one] ? one : null;
}
