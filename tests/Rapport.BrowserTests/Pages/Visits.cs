using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Rapport.Kernel.Database;

namespace Rapport.BrowserTests.Pages;

/// <summary>Every page there is, and where it is opened to look at it.</summary>
internal static class Visits
{
    /// <summary>For each route the paths to open; a word in braces is a landmark.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> All = new Dictionary<string, string[]>
    {
        ["/"] = ["/"],
        ["/api"] = ["/api"],
        ["/commitments"] = ["/commitments", "/commitments?side=theirs", "/commitments?part=settled", "/commitments?view=weeks", "/commitments?view=month", "/commitments?view=month&side=theirs&month=2020-02"],
        ["/commitments/figures"] = ["/commitments/figures", "/commitments/figures?side=theirs", "/commitments/figures?mine=true", "/commitments/figures?customer={party}"],
        ["/commitments/proposed"] = ["/commitments/proposed", "/commitments/proposed?side=theirs&all=true", "/commitments/proposed?part=dismissed"],
        ["/commitments/succession"] = ["/commitments/succession", "/commitments/succession?of={member}"],
        ["/commitments/new"] = ["/commitments/new", "/commitments/new?party={person}"],
        ["/commitments/{Text}"] = ["{commitment}", "{settled}"],
        ["/conversations"] = ["/conversations", "/conversations?view=all", "/conversations?view=unassigned", "/conversations?view=snoozed", "/conversations?view=all&due=any"],
        ["/conversations/{Text}"] = ["{conversation}"],
        ["/conversations/{Text}/readers"] = ["{conversation}/readers"],
        ["/conversations/{Conversation}/merge"] = ["{conversation}/merge", "{conversation}/merge?find=an"],
        ["/customers"] = ["/customers", "/customers?name=zzzz"],
        ["/find"] = ["/find", "/find?q=an", "/find?q=zzzzzz"],
        ["/import"] = ["/import"],
        ["/import/{Text}"] = ["{import}"],
        ["/interactions/{Message}/mail"] = ["{message}/mail"],
        ["/interactions/{Message}/move"] = ["{message}/move"],
        ["/join/{token}"] = ["{join}", "/join/gone"],
        ["/mail/unreadable"] = ["/mail/unreadable"],
        ["/members"] = ["/members"],
        ["/members/invite"] = ["/members/invite"],
        ["/members/{id:guid}"] = ["/members/{member}"],
        ["/notices"] = ["/notices", "/notices?part=over"],
        ["/notices/new"] = ["/notices/new", "/notices/new?tier=A&party={party}"],
        ["/notices/{Text}"] = ["{notice}", "{notice}?reached=true", "{over}"],
        ["/outgoing"] = ["/outgoing"],
        ["/outgoing/delivered"] = ["/outgoing/delivered"],
        ["/outgoing/delivered/{Message}"] = ["/outgoing/delivered/1"],
        ["/parties/new"] = ["/parties/new?kind=organization", "/parties/new?kind=person"],
        ["/parties/{Id}/brief"] = ["{person}/brief", "{organization}/brief"],
        ["/parties/{Text}"] = ["{person}", "{organization}", "{us}"],
        ["/parties/{Text}/affiliation"] = ["{person}/affiliation"],
        ["/parties/{Text}/edit"] = ["{person}/edit", "{organization}/edit"],
        ["/parties/{Text}/relationship"] = ["{organization}/relationship"],
        ["/record"] = ["/record", "/record?party={person}"],
        ["/reset/{token}"] = ["{reset}", "/reset/gone"],
        ["/settings"] = ["/settings"],
        ["/settings/absence"] = ["/settings/absence"],
        ["/settings/answer-times"] = ["/settings/answer-times", "/settings/answer-times?channel=letter"],
        ["/settings/calendar"] = ["/settings/calendar"],
        ["/settings/journal"] = ["/settings/journal", "/settings/journal?subject=nothing"],
        ["/settings/reminders"] = ["/settings/reminders"],
        ["/settings/mailboxes"] = ["/settings/mailboxes"],
        ["/settings/mailboxes/connect"] = ["/settings/mailboxes/connect"],
        ["/settings/mailboxes/providers"] = ["/settings/mailboxes/providers"],
        ["/settings/mailboxes/providers/new"] = ["/settings/mailboxes/providers/new", "/settings/mailboxes/providers/new?as=google"],
        ["/settings/mailboxes/providers/{Text}"] = ["/settings/mailboxes/providers/nothing"],
        ["/settings/mailboxes/{Text}"] = ["{mailbox}"],
        ["/settings/mailboxes/{Text}/edit"] = ["{mailbox}/edit"],
        ["/settings/mailboxes/{Text}/sending"] = ["{mailbox}/sending"],
        ["/settings/mailboxes/{Text}/acknowledging"] = ["{mailbox}/acknowledging"],
        ["/settings/organisation"] = ["/settings/organisation"],
        ["/settings/sessions"] = ["/settings/sessions"],
        ["/settings/promises"] = ["/settings/promises"],
        ["/settings/texts"] = ["/settings/texts"],
        ["/settings/texts/{Text}"] = ["/settings/texts/new", "/settings/texts/gone"],
        ["/settings/tokens"] = ["/settings/tokens"],
        ["/settings/webhooks"] = ["/settings/webhooks"],
        ["/settings/webhooks/new"] = ["/settings/webhooks/new"],
        ["/settings/webhooks/{Text}"] = ["{webhook}"],
        ["/settings/webhooks/{Text}/edit"] = ["{webhook}/edit"],
        ["/settings/work"] = ["/settings/work"],
        ["/sign-in"] = ["/sign-in"],
        ["/style"] = ["/style"],
        ["/teams"] = ["/teams"],
        ["/teams/{id:guid}"] = ["/teams/{team}"],
        ["/promised/{token}"] = ["/promised/gone"],
        ["/unsubscribe/{token}"] = ["/unsubscribe/gone"],
        ["/welcome/{token}"] = ["/welcome/gone"],
        ["/who-is-it"] = ["/who-is-it"],
        ["/write"] = ["/write", "/write?to=jane@example.com"],
        ["/write/{Text}"] = ["/write/gone"],
    };

    /// <summary>The routes of all pages of the program.</summary>
    public static IEnumerable<(string Route, bool Anonymous)> Known(RapportModel model) =>
        from assembly in RapportApp.PageAssemblies(model).Append(typeof(RapportApp).Assembly)
        from page in assembly.GetTypes()
        from route in page.GetCustomAttributes<RouteAttribute>()
        select (route.Template, page.GetCustomAttributes<AllowAnonymousAttribute>().Any());
}
