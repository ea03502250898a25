@s3 @metrics
Feature: Answers come in time
  Every answer's time is observed, so that one slow answer among many is told from a store that is slow.

  Background:
    Given a customer with a bucket
    And a metric "read" of milliseconds

  Scenario: half of the reads of a small object take less than two seconds
    Given an object "small" of 4 KiB
    When the object "small" is read 20 times, each observed of the metric "read"
    Then the metric "read" has 20 values
    And the p50 of the metric "read" is between 0 and 2000

  Scenario: what is not there is no time of a read
    Then there is no object "never"
    And the metric "read" is empty
