@s3
Feature: Only who may gets in

  Background:
    Given a customer with a bucket
    And an object "k" with the text "secret thing"

  @canary
  Scenario: a wrong secret
    When the object "k" is read with a wrong secret
    Then the status is 403
    And the error code is "SignatureDoesNotMatch"

  Scenario: an unknown access key
    When the object "k" is read with an unknown access key
    Then the status is 403
    And the error code is "InvalidAccessKeyId"

  Scenario: a signature of twenty minutes ago
    When the object "k" is read with a signature of 20 minutes ago
    Then the status is 403
    And the error code is "RequestTimeTooSkewed"

  @canary
  Scenario: somebody who signs nothing
    Given somebody asks who signs nothing
    When the object "k" is read
    Then the status is 403
    And the error code is "AccessDenied"

  @accounts-2
  Scenario Outline: another customer cannot <act>
    Given the other customer asks
    When <does>
    Then the status is 403
    And the error code is "AccessDenied"

    Examples:
      | act              | does                            |
      | read it          | the object "k" is read          |
      | write over it    | the text "mine" is put as "k"   |
      | delete it        | the object "k" is deleted       |
      | see what is there | the bucket is listed           |

  @canary @presigned
  Scenario: an address that anybody may open
    Given an address for reading "k" that holds 60 seconds
    When the address is opened
    Then the status is 200
    And the body is "secret thing"

  @presigned
  Scenario: an address that held once
    Given an address for reading "k" that held 60 seconds, an hour ago
    When the address is opened
    Then the status is 403
    And the error code is "AccessDenied"

  @presigned
  Scenario: an address that was changed
    Given an address for reading "k" that holds 60 seconds
    When the address is opened with the query "response-content-type=text/html" added
    Then the status is 403
    And the error code is "SignatureDoesNotMatch"

  @presigned
  Scenario: an address by which anybody may put
    Given an address for putting "gift" that holds 60 seconds
    When the text "a present" is put to the address
    Then the status is 200
    And the object "gift" holds "a present"
