@metrics
Feature: A scenario has metrics of its own
  Numbers that a scenario looks at are in a metric that nobody else writes to: empty when it is leased, and empty again before the next scenario has it.

  Scenario: a metric is empty when it is leased
    Given a metric "orders"
    Then the metric "orders" is empty

  Scenario Outline: <value> observed <times> times is read as such, also after others had the metric
    Given a metric "orders"
    When <value> is observed <times> times of the metric "orders"
    Then the metric "orders" has at least <times> values within 5 seconds
    And the metric "orders" has <times> values
    And the sum of the metric "orders" is <sum>
    And the maximum of the metric "orders" is <value>

    Examples:
      | value | times | sum |
      | 1     | 1     | 1   |
      | 2.5   | 4     | 10  |
      | -3    | 3     | -9  |
      | 0     | 7     | 0   |

  Scenario: two metrics of one scenario are two
    Given a metric "orders"
    And a metric "refunds"
    When 5 is observed of the metric "orders"
    Then the metric "orders" has 1 value
    And the metric "refunds" is empty

  Scenario: what was observed in several AZs is read together
    Given a metric "orders"
    When 3 is observed of the metric "orders" in AZ eu-1a
    And 5 is observed of the metric "orders" in AZ eu-1b
    Then the sum of the metric "orders" is 8
    And the average of the metric "orders" is 4
    And the minimum of the metric "orders" is 3

  Scenario: the slowest hundredth shows in a percentile and not in the median
    Given a metric "wait" of milliseconds
    When 20 is observed 97 times of the metric "wait"
    And 400 is observed 3 times of the metric "wait"
    Then the p50 of the metric "wait" is between 19 and 21
    And the p99 of the metric "wait" is between 390 and 410
