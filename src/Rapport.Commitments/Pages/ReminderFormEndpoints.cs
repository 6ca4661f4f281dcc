using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rapport.Channels;
using Rapport.Design;
using Rapport.Kernel.Web;
using Rapport.Members;

namespace Rapport.Commitments.Pages;

/// <summary>The forms of the page on daily reminders, and of who is told when a commitment is late.</summary>
internal static class ReminderFormEndpoints
{
    private const string Page = "/settings/reminders";

    public static void MapReminderForms(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/do/reminders/wanted", WantedAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapPost("/do/reminders/mailbox", MailboxAsync).RequireAuthorization(Policies.Administer).ExcludeFromDescription();
        routes.MapPost("/do/commitments/{id}/escalation", EscalationAsync).RequireAuthorization(Policies.Write).ExcludeFromDescription();
    }

    private static async Task<IResult> WantedAsync([FromForm] bool wanted, HttpContext http, SetReminders reminders, CancellationToken ct) =>
        ReturnTo.Redirect(http, Page, (await reminders.WantAsync(wanted, http.Actor(), ct))?.Message ?? (wanted ? "You get it from the next working day on." : "You get none any more."));

    private static async Task<IResult> MailboxAsync([FromForm] string? mailbox, HttpContext http, SetReminders reminders, CancellationToken ct)
    {
        MailboxId? from = IId<MailboxId>.TryParse(mailbox, null, out var id) ? id : null;
        return ReturnTo.Redirect(http, Page, (await reminders.FromAsync(from, http.Site(), http.Actor(), ct))?.Message ?? (from is null ? "No daily mails are sent." : "Saved. The first goes out within a few minutes of business hours."));
    }

    private static async Task<IResult> EscalationAsync(CommitmentId id, [FromForm] string? escalateTo, HttpContext http, NameForEscalation name, CancellationToken ct)
    {
        MemberId? to = IId<MemberId>.TryParse(escalateTo, null, out var member) ? member : null;
        return ReturnTo.Redirect(http, $"/commitments/{id}", (await name.RunAsync(id, to, http.Actor(), ct))?.Message ?? (to is null ? "Nobody else is told." : "They are told when it is late."));
    }
}
