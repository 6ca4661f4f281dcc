using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Tests;

/// <summary>Members of the installation that product tests work in, one for each combination of roles, signed in through the page.</summary>
public sealed class SignedInClients(RapportFixture rapport) : IDisposable
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "tall ships sail at dawn";

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<Roles, Actor> actors = [];
    private readonly Dictionary<Roles, (HttpClient Client, DateTimeOffset At)> clients = [];
    private readonly Dictionary<TokenScope, HttpClient> programs = [];

    /// <summary>Makes the installation "Harbourline Example" with its owner, once.</summary>
    public Task SetUpAsync() => ActorAsync(Roles.Owner);

    /// <summary>A member who holds these roles.</summary>
    public async Task<Actor> ActorAsync(Roles roles)
    {
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!actors.ContainsKey(Roles.Owner)) actors[Roles.Owner] = await OwnerAsync();
            if (!actors.ContainsKey(roles)) actors[roles] = await JoinAsync(roles);
            return actors[roles];
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A browser in which such a member is signed in; shared within a test class.</summary>
    public async Task<HttpClient> SignedInAsync(Roles roles)
    {
        await ActorAsync(roles);
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // A test that moves the clock lets the sessions of the others expire.
            var now = rapport.Clock.GetUtcNow();
            if (!clients.TryGetValue(roles, out var known) || now - known.At > TimeSpan.FromDays(1)) known = clients[roles] = (await SignInAsync(EmailOf(roles), Password), now);
            return known.Client;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A program that acts for the owner by a token.</summary>
    public async Task<HttpClient> TokenClientAsync(TokenScope scope)
    {
        var owner = await ActorAsync(Roles.Owner);
        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (programs.TryGetValue(scope, out var known)) return known;
            var made = await rapport.InScopeAsync(services => services.GetRequiredService<MakeToken>().RunAsync(new($"Tests ({scope})", scope, null), owner, default));
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = rapport.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Value!.Token);
            return programs[scope] = client;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A new browser, signed in through the page.</summary>
    public async Task<HttpClient> SignInAsync(string email, string password)
    {
        var client = rapport.Client();
        var response = await client.SubmitAsync("/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));
        Assert.True(response.StatusCode == HttpStatusCode.Found, $"{email} could not sign in: {await response.Content.ReadAsStringAsync()}");
        return client;
    }

    /// <summary>The address that the member with these roles signs in by.</summary>
    public static string EmailOf(Roles roles) => $"{roles.ToString().ToLowerInvariant().Replace(", ", "-", StringComparison.Ordinal)}@harbourline.example";

    public void Dispose()
    {
        foreach (var client in clients.Values.Select(c => c.Client).Concat(programs.Values)) client.Dispose();
        gate.Dispose();
    }

    private Task<Actor> OwnerAsync() => rapport.InScopeAsync(async services =>
    {
        var us = new NewInstallation("Harbourline Example", ["harbourline.example"], "Europe/Berlin", "Mo-Fr 09:00-17:00", "DE");
        var (owner, problems) = await services.GetRequiredService<SetUpRapport>().RunAsync(new NewMember("Ada Harbour", EmailOf(Roles.Owner), Password), us, default);
        if (owner is not null) return owner.Actor;
        // A test of the first run was quicker: its owner stays.
        var members = await services.GetRequiredService<RapportDb>().Set<Member>().Where(m => m.LeftAt == null).ToListAsync();
        return members.Find(m => m.Roles.HasFlag(Roles.Owner))?.Actor ?? throw new InvalidOperationException(string.Join(' ', problems.Select(p => p.Message)));
    });

    private Task<Actor> JoinAsync(Roles roles) => rapport.InScopeAsync(async services =>
    {
        var invitation = await services.GetRequiredService<InviteMember>().RunAsync(new(roles), actors[Roles.Owner], default);
        var token = invitation.Value!.Path["/join/".Length..];
        var joined = await services.GetRequiredService<JoinRapport>().RunAsync(token, new($"{roles.ToString().Replace(",", "", StringComparison.Ordinal)} Harbour", EmailOf(roles), Password), default);
        return joined.Value!.Actor;
    });
}
