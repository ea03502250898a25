@s3
Feature: What is said of an object comes back with it

  Background:
    Given a customer with a bucket

  @canary
  Scenario: a customer's own metadata
    When the text "x" is put as "k"
      | x-amz-meta-color | green     |
      | x-amz-meta-shape | round one |
    And the object "k" is looked at
    Then the header "x-amz-meta-color" is "green"
    And the header "x-amz-meta-shape" is "round one"

  Scenario: metadata is replaced with the object
    Given an object "k" with the text "one"
      | x-amz-meta-color | green |
    When the text "two" is put as "k"
    And the object "k" is looked at
    Then there is no header "x-amz-meta-color"

  Scenario Outline: the header <header> is kept
    When the text "x" is put as "k"
      | <header> | <value> |
    Then the status is 200
    When the object "k" is read
    Then the header "<header>" is '<value>'

    Examples:
      | header              | value                            |
      | Content-Type        | text/x-noodle                    |
      | Content-Disposition | attachment; filename="noodle.txt" |
      | Content-Language    | de                               |
      | Cache-Control       | max-age=60                       |
      | Content-Encoding    | gzip                             |

  Scenario Outline: a read may ask for another <header>
    Given an object "k" with the text "x"
    When the object "k" is read with the query:
      | <query> | <value> |
    Then the status is 200
    And the header "<header>" is "<value>"

    Examples:
      | query                        | header              | value      |
      | response-content-type        | Content-Type        | text/plain |
      | response-content-disposition | Content-Disposition | inline     |
      | response-cache-control       | Cache-Control       | no-store   |
