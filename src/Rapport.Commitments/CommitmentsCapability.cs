using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments.Api;
using Rapport.Commitments.Pages;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Design;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Commitments;

/// <summary>The doors to this floor.</summary>
public static class CommitmentsCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddCommitments(this IServiceCollection services)
    {
        services.AddTables(typeof(CommitmentsCapability).Assembly);
        services.AddSettings<CommitmentsOptions>("Commitments", o => o.Wrong);
        services.AddScoped<MakeCommitment>().AddScoped<SettleCommitment>().AddScoped<ExplainCommitment>().AddScoped<RenegotiateCommitment>().AddScoped<HandOverCommitment>().AddScoped<AgreeNewDate>().AddScoped<RecordWithPromises>();
        services.AddScoped<DayAhead>().AddScoped<SetReminders>().AddScoped<NameForEscalation>().AddScoped<SayWhoHelps>().AddScoped<WantLinksInMail>();
        services.AddScoped<PlanCommitment>().AddScoped<WriteAboutCommitment>().AddScoped<IGoWithMail, RecordWithMail>();
        services.AddScoped<ShowPromise>().AddScoped<JudgeCommitment>().AddScoped<AskForVerdict>().AddScoped<ReachRecipient>().AddScoped<HandOverAll>().AddScoped<SuccessionQueries>();
        services.AddScoped<CommitmentQueries>().AddScoped<CommitmentDetails>().AddScoped<FigureQueries>().AddScoped<ShareCalendar>().AddScoped<PromiseCalendar>().AddScoped<ReadDue>().AddScoped<BeforePromising>().AddScoped<IReadMoments, ReadMomentsAsDue>().AddScoped<PromiseDrafts>().AddScoped<PickParty>().AddScoped<INameThings, NameCommitments>();
        services.AddScoped<IShowThings, ShowCommitments>().AddScoped<IHoldParties, HoldByCommitments>().AddScoped<IHoldInteractions, HoldByCommitments>();
        services.AddScoped<IImporter, TaskImporter>().AddScoped<PlanTasks>();
        services.AddScoped<DecideProposal>().AddScoped<ProposalQueries>().AddScoped<LearnedHere>();
        services.AddListener<AnswerPromised, PromiseAnswer>().AddListener<InteractionsTaken, ProposeCommitments>().AddListener<InteractionsTakenBack, ForgetProposals>();
        services.AddSingleton(new TextFields($"In a mail about a promise, which begins with the text of the shortcut {string.Join(", ", CommitmentTexts.All.Select(t => t.Shortcut))}", CommitmentTexts.Fields));
        services.AddPartyPanel<PartyCommitments>(PanelPlace.Side, 10);
        services.AddConversationPanel<ConversationProposals>(9);
        services.AddConversationPanel<ConversationCommitments>(10);
        services.AddRailItem(new("/commitments", "Commitments", Glyph.Promise, Order: 40, Key: "g m"));
        services.AddSettingsTab(new("Calendar", "/settings/calendar", 35));
        services.AddSettingsTab(new("Promises", "/settings/promises", 78, Administrators: true));
        services.AddSettingsTab(new("Reminders", "/settings/reminders", 46));
        services.AddJob<RemindMembers>(TimeSpan.FromMinutes(2));
        services.AddJob<BreakLongLate>(TimeSpan.FromMinutes(15));
        services.AddJob<LetOffersEnd>(TimeSpan.FromMinutes(15));
        services.AddJob<LearnFromDecisions>(TimeSpan.FromHours(1));
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapCommitments(this IEndpointRouteBuilder routes)
    {
        routes.MapCommitmentApi();
        routes.MapCommitmentForms();
        routes.MapPlanApi();
        routes.MapPlanForms();
        routes.MapReminderForms();
        routes.MapReminderApi();
        routes.MapRecipientForms();
        routes.MapFigureApi();
        routes.MapSuccession();
        routes.MapCalendar();
        routes.MapProposalApi();
        routes.MapProposalForms();
        return routes;
    }
}
