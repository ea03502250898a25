@s3
Feature: Many objects are deleted together

  Background:
    Given a customer with a bucket
    And the objects:
      | a |
      | b |
      | c |

  @canary
  Scenario: those named go, the others stay
    When the objects are deleted together:
      | a |
      | b |
    Then the status is 200
    And the elements "Deleted/Key" are:
      | a |
      | b |
    When the bucket is listed
    Then the keys are:
      | c |

  Scenario: quietly only errors are told
    When the objects are deleted together and quietly:
      | a |
    Then the status is 200
    And there is no element "Deleted"
    And there is no object "a"

  Scenario: one that is not there counts as deleted
    When the objects are deleted together:
      | never-was |
    Then the element "Deleted/Key" is "never-was"
