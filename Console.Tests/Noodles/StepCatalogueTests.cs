using OpsConsole.Domain.Noodles.Expressions;
using OpsConsole.Domain.Noodles.Steps;

namespace OpsConsole.Tests.Noodles;

public sealed class StepCatalogueTests
{
    private static readonly StepSentence Put = new("{word} puts {int} byte(s)", false, "storage", "PutSteps", "");

    [Fact]
    public void Two_that_answer_are_named_with_both_owners()
    {
        var (catalogue, faults) = StepCatalogue.Make([Put, new("Bob puts {int} bytes", false, "photos", "PhotoSteps", "")], [], ParameterTypes.BuiltIn);
        Assert.Empty(faults);
        var ambiguous = Assert.IsType<StepMatch.Ambiguous>(catalogue.Match("Bob puts 3 bytes"));
        Assert.Equal("storage photos", string.Join(' ', ambiguous.Owners));
        Assert.Contains("storage", ambiguous.Why, StringComparison.Ordinal);
        Assert.Contains("photos", ambiguous.Why, StringComparison.Ordinal);
        Assert.IsType<StepMatch.Found>(catalogue.Match("Eve puts 1 byte"));
        Assert.IsType<StepMatch.Undefined>(catalogue.Match("Eve puts many bytes"));
    }

    [Fact]
    public void A_sentence_written_twice_is_told_of_at_once()
    {
        var (_, faults) = StepCatalogue.Make([Put], [new("{word} puts {int} byte(s)", ["x"], "photos", "photos.links:3")], ParameterTypes.BuiltIn);
        var fault = Assert.Single(faults);
        Assert.Contains("by storage in PutSteps and by photos in photos.links:3", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_team_links_its_sentence_and_its_parameters()
    {
        var (catalogue, _) = StepCatalogue.Make([Put], [new("{word} uploads a PNG of {int} KB", ["{1} puts {2}000 bytes", "Eve puts 1 byte"], "photos", "photos.links:3")], ParameterTypes.BuiltIn);
        var linked = Assert.IsType<StepMatch.Linked>(catalogue.Match("Bob uploads a PNG of 4 KB"));
        Assert.Equal(["Bob", "4000", "Eve", "1"], linked.Steps.SelectMany(step => step.Arguments).Select(argument => argument.Text));
    }

    [Fact]
    public void Links_in_a_circle_and_to_nothing_are_undefined()
    {
        var (catalogue, _) = StepCatalogue.Make([], [new("a", ["b"], "x", "1"), new("b", ["a"], "y", "2"), new("c", ["nothing"], "z", "3")], ParameterTypes.BuiltIn);
        Assert.Contains("circle", Assert.IsType<StepMatch.Undefined>(catalogue.Match("a")).Why, StringComparison.Ordinal);
        Assert.Contains("z linked 'c'", Assert.IsType<StepMatch.Undefined>(catalogue.Match("c")).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a|b)+")]
    [InlineData("[)](x)")]
    public void Types_with_groups_of_any_kind_keep_arguments_apart(string regex)
    {
        var (types, fault) = ParameterTypes.BuiltIn.With(new("odd", [regex], texts => texts[0]));
        Assert.Null(fault);
        var (expression, _) = CucumberExpression.Parse("{odd} and {int}", types);
        var text = regex.StartsWith('(') ? "abab and 7" : ")x and 7";
        Assert.Equal(7, expression!.Match(text)!.Value[1].Value);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_a_fault_of_the_argument_and_types_have_one_owner()
    {
        var (expression, _) = CucumberExpression.Parse("{byte} of {int}", ParameterTypes.BuiltIn);
        var arguments = expression!.Match("300 of 99999999999")!.Value;
        Assert.All(arguments, argument => Assert.NotNull(argument.Fault));
        var (_, fault) = ParameterTypes.BuiltIn.With(new("int", ["x"], _ => null) { Owner = "photos" });
        Assert.Contains("photos", fault, StringComparison.Ordinal);
        Assert.NotNull(ParameterTypes.BuiltIn.With(new("named", ["(?<n>x)"], _ => null)).Fault);
        Assert.NotNull(ParameterTypes.BuiltIn.With(new("broken", ["("], _ => null)).Fault);
    }
}
