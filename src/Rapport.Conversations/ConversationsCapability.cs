using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations.Api;
using Rapport.Conversations.Pages;
using Rapport.Customers;
using Rapport.Customers.Import;
using Rapport.Design;
using Rapport.Kernel.Journal;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>The doors to this floor.</summary>
public static class ConversationsCapability
{
    /// <summary>Adds its tables, deeds, queries, listeners and jobs.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddTables(typeof(ConversationsCapability).Assembly);
        services.AddScoped<TakeMail>().AddScoped<ReadStoredMail>().AddScoped<MailBatch>();
        services.AddScoped<RecordInteraction>().AddScoped<CloseConversation>().AddScoped<ReopenConversation>().AddScoped<SnoozeConversation>()
            .AddScoped<AssignConversation>().AddScoped<SettleWaiting>().AddScoped<ShareMailbox>().AddScoped<ShareConversation>().AddScoped<WhoSees>().AddScoped<MoveInteraction>().AddScoped<MergeConversations>().AddScoped<UndoMove>().AddScoped<ReadSnooze>()
            .AddScoped<TagConversation>().AddScoped<WriteNote>().AddScoped<Nudges>().AddScoped<ChangeConversations>();
        services.AddScoped<SendMail>().AddScoped<SayToEach>().AddScoped<StartDraft>().AddScoped<SavedTexts>().AddScoped<FillText>().AddScoped<ChangeOutbox>().AddScoped<WriteMail>().AddScoped<KeepDraft>().AddScoped<SendDraft>();
        services.AddScoped<TakeBackMail>().AddScoped<SettleDispatch>().AddScoped<DispatchQueries>().AddScoped<DeliveredToFolder>().AddListener<DispatchesMoved, ShowDispatches>().AddListener<DispatchSettled, ShowDispatches>();
        services.AddScoped<SavedViewQueries>().AddScoped<KeepView>().AddScoped<Presences>().AddSingleton<LiveLines>().AddSingleton<LiveLine>().AddJob<ForgetPresences>(TimeSpan.FromMinutes(10));
        services.AddScoped<ConversationQueries>().AddScoped<ConversationDetails>().AddScoped<TimelineQueries>().AddScoped<CorrespondentQueries>().AddScoped<UnreadableMails>().AddScoped<ConversationStory>().AddScoped<OtherConversations>().AddScoped<OriginalMails>().AddScoped<ShowRemoteImages>().AddScoped<AnswerInvitation>().AddScoped<INameThings, NameConversations>();
        services.AddScoped<ChangeAnswerTimes>().AddListener<InstallationChanged, HearOfOurHours>().AddListener<TeamHoursChanged, HearOfOurHours>().AddListener<TiersChanged, HearOfTiers>().AddListener<PlacesChanged, HearOfPlaces>().AddListener<PartiesTakenBack, HearOfPlaces>();
        services.AddScoped<ChangeAcknowledgement>().AddScoped<HeldAnswers>().AddListener<InteractionsTaken, Acknowledge>();
        services.AddPartyPanel<DeparturePanel>(PanelPlace.Side, 5);
        services.AddPartyPanel<PartyTimeline>(PanelPlace.Main, 10);
        services.AddRailItem(new("/conversations", "Conversations", Glyph.Conversations, Order: 30, Key: "g o"));
        services.AddSettingsTab(new("Mailboxes", "/settings/mailboxes", 40)).AddSettingsTab(new("Answer times", "/settings/answer-times", 42, Administrators: true)).AddSettingsTab(new("Saved texts", "/settings/texts", 45));
        services.AddScoped<IImporter, MailImporter>().AddScoped<UndoMail>().AddScoped<CloseMailbox>().AddScoped<IHoldParties, HoldByConversations>();
        services.AddListener<MemberKnown, AdmitToTheirOwn>();
        services.AddJob<ReadLeftMail>(TimeSpan.FromMinutes(1)).AddJob<BringBack>(TimeSpan.FromMinutes(1)).AddJob<GiveBackConversations>(TimeSpan.FromMinutes(1)).AddJob<SendWhenDue>(TimeSpan.FromSeconds(20)).AddJob<ForgetSentDrafts>(TimeSpan.FromMinutes(30)).AddJob<SetClocksAnew>(TimeSpan.FromMinutes(1), wakes: true);
        return services;
    }

    /// <summary>Maps its routes; its pages are found by the router.</summary>
    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder routes)
    {
        routes.MapConversationEndpoints();
        routes.MapInteractionEndpoints();
        routes.MapMoveEndpoints();
        routes.MapMailboxEndpoints();
        routes.MapMailEndpoints();
        routes.MapWritingEndpoints();
        routes.MapAnswerTimeEndpoints();
        routes.MapConversationForms();
        routes.MapMailForms();
        routes.MapLive();
        routes.MapViewEndpoints();
        routes.MapViewForms();
        routes.MapWritingFragments();
        return routes;
    }
}
