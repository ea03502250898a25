using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Access;

public sealed class AccessDeciderTests
{
    private static readonly Grant Everything = new(Role.Admin, Scope.Global);
    private static readonly Grant China = new(Role.Admin, Scope.OfPartition("china"));
    private readonly ManualClock _clock = new();
    private readonly StreamStates _states = new([new StreamFamily<AccessState>(AccessStreams.Family, regional: false, new AccessDecider())]);
    private readonly CommandPath _path;

    public AccessDeciderTests() => _path = new CommandPath(new MemoryJournal(), _states, [], _clock);

    private AccessState State => _states.Get<AccessState>(AccessStreams.Accounts);

    [Theory]
    [InlineData("")]
    [InlineData("Ada")]
    [InlineData("a b")]
    [InlineData("аda")]
    public async Task A_name_that_could_be_mistaken_is_refused(string name) => Assert.Equal("access.name", await CodeAsync(new MakeAccount(name, [])));

    [Fact]
    public async Task Nobody_gives_more_than_they_have()
    {
        var chinese = new Actor(ActorKind.Person, "li", [China]);
        await SendAsync(new MakeAccount("li", [China]));

        Assert.Null(await CodeAsync(new MakeAccount("wei", [new(Role.Operator, Scope.OfRegion("cn-1", "china"))]), chinese));
        Assert.Equal("access.forbidden", await CodeAsync(new MakeAccount("bob", [new(Role.Viewer, Scope.Global)]), chinese));
        Assert.Equal("access.more-than-own", await CodeAsync(new CreateToken("1", "t", [new(Role.Viewer, Scope.Global)], TimeSpan.FromDays(1)), chinese));
        Assert.Equal("access.forbidden", await CodeAsync(new CreateToken("1", "t", [], TimeSpan.FromDays(1), Host: "h1"), chinese));
    }

    [Fact]
    public async Task Who_manages_one_scope_does_not_touch_accounts_of_another()
    {
        await SendAsync(new MakeAccount("root", [Everything]));
        var chinese = new Actor(ActorKind.Person, "li", [China]);

        Assert.Equal("access.forbidden", await CodeAsync(new RemoveAccount("root"), chinese));
        Assert.Equal("access.forbidden", await CodeAsync(new SetGrants("root", [China]), chinese));
        Assert.Equal("access.forbidden", await CodeAsync(new IssueSignInLink("root"), chinese));
    }

    [Fact]
    public async Task The_last_who_can_manage_access_keeps_the_role()
    {
        await SendAsync(new MakeAccount("root", [Everything]));

        Assert.Equal("access.last-admin", await CodeAsync(new RemoveAccount("root")));
        Assert.Equal("access.last-admin", await CodeAsync(new SetGrants("root", [China])));
        await SendAsync(new MakeAccount("ada", [Everything]));
        Assert.Null(await CodeAsync(new RemoveAccount("root")));
    }

    [Fact]
    public async Task Setting_roles_writes_down_each_one_gained_and_lost()
    {
        await SendAsync(new MakeAccount("ada", [new(Role.Viewer, Scope.Global), new(Role.Operator, Scope.OfPartition("china"))]));
        var before = _states.VersionOf(AccessStreams.Accounts);
        await SendAsync(new SetGrants("ada", [new(Role.Viewer, Scope.Global), new(Role.Approver, Scope.OfPartition("china"))]));

        Assert.Equal(before + 2, _states.VersionOf(AccessStreams.Accounts));
        Assert.Equal([Role.Viewer, Role.Approver], State.Accounts["ada"].Grants.Select(grant => grant.Role));
    }

    [Theory]
    [InlineData(0.5, "access.token-lifetime")]
    [InlineData(24 * 367, "access.token-lifetime")]
    [InlineData(24 * 366, null)]
    public async Task A_token_lives_an_hour_to_a_year(double hours, string? code) => Assert.Equal(code, await CodeAsync(Token("t", TimeSpan.FromHours(hours))));

    [Fact]
    public async Task An_expired_token_is_nobody_and_its_name_is_free_again()
    {
        await SendAsync(Token("t", TimeSpan.FromHours(1)));
        Assert.NotNull(State.TokenWith("t", _clock.GetUtcNow()));
        Assert.Equal("access.token-exists", await CodeAsync(Token("t", TimeSpan.FromHours(1))));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(State.TokenWith("t", _clock.GetUtcNow()));
        Assert.Null(await CodeAsync(Token("t", TimeSpan.FromHours(1))));
    }

    [Fact]
    public async Task A_token_may_no_more_than_its_maker_still_may()
    {
        await SendAsync(new MakeAccount("root", [Everything]));
        await SendAsync(new MakeAccount("ada", [new(Role.Operator, Scope.Global)]));
        await SendAsync(new CreateToken("1", "ci", [new(Role.Operator, Scope.Global)], TimeSpan.FromDays(1)), State.PersonNamed("ada")!);

        Assert.Single(State.TokenWith("1", _clock.GetUtcNow())!.Grants);
        await SendAsync(new SetGrants("ada", [new(Role.Viewer, Scope.Global)]));
        Assert.Empty(State.TokenWith("1", _clock.GetUtcNow())!.Grants);
        await SendAsync(new RemoveAccount("ada"));
        Assert.Null(State.TokenWith("1", _clock.GetUtcNow()));
    }

    [Fact]
    public async Task People_revoke_their_own_tokens_and_admins_anybodys()
    {
        var (ada, bob) = (Actor.Person("ada", Role.Viewer), Actor.Person("bob", Role.Viewer));
        await SendAsync(new MakeAccount("ada", ada.Grants));
        await SendAsync(new CreateToken("1", "one", ada.Grants, TimeSpan.FromDays(1)), ada);
        await SendAsync(new CreateToken("2", "two", ada.Grants, TimeSpan.FromDays(1)), ada);

        Assert.Equal("access.forbidden", await CodeAsync(new RevokeToken("1"), bob));
        Assert.Null(await CodeAsync(new RevokeToken("1"), ada));
        Assert.Null(await CodeAsync(new RevokeToken("two"), Actor.Person("root", Role.Admin)));
        Assert.Empty(State.Tokens);
    }

    [Fact]
    public async Task Only_the_console_itself_writes_down_what_happened_at_the_door() =>
        Assert.Equal("access.forbidden", await CodeAsync(new NoteAtDoor("ada", DoorEvent.SignedInByLink), Actor.Person("root", Role.Admin)));

    private static CreateToken Token(string name, TimeSpan lifetime) => new(name, name, [new(Role.Viewer, Scope.Global)], lifetime);

    private async Task<string?> CodeAsync(ICommand command, Actor? actor = null) => (await _path.SendAsync(new(command, actor ?? Actor.Engine))).Rejection?.Code;

    private async Task SendAsync(ICommand command, Actor? actor = null) => Assert.Null(await CodeAsync(command, actor));
}
