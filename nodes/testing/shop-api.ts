/** The document of a small API: what the samples call, with the corners that documents of real APIs have. */
export const SHOP_API = `
openapi: 3.0.3
info: { title: Shop, version: "1" }
servers:
  - url: http://{host}/v1
    variables: { host: { default: "shop.invalid" } }
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
    get:
      operationId: getOrder
      summary: Reads an order
      parameters:
        - { name: fields, in: query, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object } }
        - { name: X-Trace, in: header, schema: { type: string } }
      responses:
        "200":
          description: The order
          content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
    delete:
      summary: Removes an order
      responses: { "204": { description: Gone } }
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/NewOrder" } } }
      responses: { "201": { description: Made } }
  /login:
    post:
      operationId: log in/now
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { user: { type: string } } }
      responses: { "200": { description: In } }
components:
  schemas:
    NewOrder:
      type: object
      required: [item]
      properties:
        item: { type: string, minLength: 2 }
        note: { type: string, nullable: true }
        price: { type: number, minimum: 0, exclusiveMinimum: true }
    Order:
      type: object
      properties:
        id: { type: integer }
        parent: { $ref: "#/components/schemas/Order" }
`;
