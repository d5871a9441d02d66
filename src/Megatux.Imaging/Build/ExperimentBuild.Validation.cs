using Megatux.Model;
using Megatux.Pushmon;

namespace Megatux.Imaging;

// What is to be checked of the experiment once it runs. It is in no image.
public sealed partial class ExperimentBuild
{
    private static ValidationList? ReadValidations(BuildRequest request, Experiment experiment)
    {
        BuildItem[] items = [.. request.ItemsOf(Validation.Item)];
        if (items.Length == 0)
            return null;
        bool isMonitored = PushmonSettings.Parse(request.Setting(ExperimentProperties.PushmonInterval)).Interval is not null;
        return ValidationList.Of(experiment, items.Select(item => new ValidationItem(item.Include)
        {
            Nodes = item[nameof(ValidationItem.Nodes)],
            Command = item[nameof(ValidationItem.Command)],
            Expression = item[nameof(ValidationItem.Expression)],
            Expect = item[nameof(ValidationItem.Expect)],
            ExitCode = item[nameof(ValidationItem.ExitCode)],
            AtLeast = item[nameof(ValidationItem.AtLeast)],
            Count = item[nameof(ValidationItem.Count)],
            Within = item[nameof(ValidationItem.Within)],
        }), expression =>
        {
            if (!isMonitored)
                throw new MegatuxException(ErrorCodes.ValidationUnclear, $"there is no monitoring, since {ExperimentProperties.PushmonInterval} is 0. Have some, or check by a Command.");
            _ = NodeCondition.ProgramOf(expression);
        });
    }
}
