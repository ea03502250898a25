using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround.Patients;

namespace OpsConsole.Tests.ProvingGround.Patients;

public sealed class TreatmentBookTests
{
    private static readonly DateTimeOffset Since = DateTimeOffset.UnixEpoch;
    private static readonly Illness Lying = new("web-1", Ailment.Lying, 0, Since, Since.AddMinutes(5), "ada", "a drill");
    private static readonly PatientsState Nobody = new("local-1");
    private readonly TreatmentBook _book = new();

    [Fact]
    public void A_treatment_whose_answer_was_lost_is_done_again_and_ended_like_any_other()
    {
        _book.Beginning(Lying, 7);
        Assert.False(_book.Holds(Lying, 7));
        Assert.Equal([("web-1", Ailment.Lying)], _book.ToEnd(Nobody));
    }

    [Fact]
    public void One_that_was_answered_holds_for_its_process_only()
    {
        _book.Beginning(Lying, 7);
        _book.Began(Lying, 7);
        Assert.True(_book.Holds(Lying, 7));
        Assert.False(_book.Holds(Lying, 8));
        Assert.True(_book.OutlivedItsProcess(Lying, 8));
        Assert.False(_book.OutlivedItsProcess(Lying, 7));
    }

    [Fact]
    public void One_that_never_reached_a_process_has_not_outlived_it()
    {
        _book.Beginning(Lying, null);
        Assert.False(_book.OutlivedItsProcess(Lying, 7));
    }

    [Fact]
    public void What_was_ended_is_not_ended_again()
    {
        _book.Began(Lying, 7);
        _book.Ended(("web-1", Ailment.Lying));
        Assert.Empty(_book.ToEnd(Nobody));
    }
}
