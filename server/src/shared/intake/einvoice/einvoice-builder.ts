import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** An invented invoice; for tests. */
export interface BuiltInvoice {
  readonly number?: string
  readonly issued?: string
  readonly amount?: string
  readonly tax?: string
  readonly total?: string
  readonly item?: string
  readonly secondLine?: readonly [string, string]
  readonly remark?: string
  readonly blue?: 'Y' | 'N'
  readonly prolog?: string
}

/** The XML of a fully digital invoice, written as the tax authority writes it. */
export function einvoiceXml(invoice: BuiltInvoice = {}): string {
  const { number = '26462000000000000017', issued = '2026-03-02', amount = '1000.00' } = invoice
  const { tax = '60.00', total = '1060.00', item = '*餐饮服务*餐费', secondLine } = invoice
  const first = secondLine
    ? [String(Number(amount) - Number(secondLine[0])), String(Number(tax) - Number(secondLine[1]))]
    : [amount, tax]
  const line = (name: string, [net, taxed]: readonly string[]) => `
    <IssuItemInformation><ItemName>${name}</ItemName><SpecMod/><MeaUnits>次</MeaUnits><Quantity>1.00000000</Quantity>
      <UnPrice>884.9557522123894</UnPrice><Amount>${net}</Amount><TaxRate>0.06</TaxRate><ComTaxAm>${taxed}</ComTaxAm>
      <TaxClassificationCode>3070401000000000000</TaxClassificationCode></IssuItemInformation>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${invoice.prolog ?? ''}
<EInvoice>
  <Header><EIid>${number}</EIid><EInvoiceTag>SWEI4600</EInvoiceTag><Version>0.32</Version>
    <InherentLabel><InIssuType><LabelCode>${invoice.blue ?? 'Y'}</LabelCode></InIssuType>
      <EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
      <GeneralOrSpecialVAT><LabelCode>02</LabelCode><LabelName>普通发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
  <EInvoiceData>
    <SellerInformation><SellerIdNum>91469999MA0000002U</SellerIdNum><SellerName>示例餐饮有限公司</SellerName>
      <SellerAddr>示例市示例路 1 号</SellerAddr></SellerInformation>
    <BuyerInformation><BuyerIdNum>11469999MB00000013</BuyerIdNum><BuyerName>示例局</BuyerName></BuyerInformation>
    <BasicInformation><TotalAmWithoutTax>${amount}</TotalAmWithoutTax><TotalTaxAm>${tax}</TotalTaxAm>
      <TotalTax-includedAmount>${total}</TotalTax-includedAmount><Drawer>张三</Drawer>
      <RequestTime>${issued} 10:11:12</RequestTime></BasicInformation>${line(item, first)}${secondLine ? line('*酒*白酒 &amp; 其他', secondLine) : ''}
    <AdditionalInformation><Remark>${invoice.remark ?? ''}</Remark></AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo><InvoiceNumber>${number}</InvoiceNumber><IssueTime>${issued}</IssueTime></TaxSupervisionInfo>
</EInvoice>`
}

/** An archive of named contents. */
export async function zipped(contents: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(contents)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

const ofd = 'xmlns:ofd="http://www.ofdspec.org/2016"'

/** An OFD container: with the XML attached, as a tag of the document, or without any. */
export function ofdFile(xml: string, where: 'attachment' | 'tag' | 'nowhere'): Promise<Buffer> {
  const parts: Record<string, string> = {
    'OFD.xml': `<ofd:OFD ${ofd}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${ofd}/>`,
    'Doc_0/Pages/Page_0/Content.xml': `<ofd:Page ${ofd}/>`,
  }
  if (where === 'attachment') {
    parts['Doc_0/Attachs/Attachments.xml'] =
      `<ofd:Attachments ${ofd}><ofd:Attachment ID="1"><ofd:FileLoc>data/original.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`
    parts['Doc_0/Attachs/data/original.xml'] = xml
  }
  if (where === 'tag') {
    parts['Doc_0/Tags/CustomTags.xml'] =
      `<ofd:CustomTags ${ofd}><ofd:CustomTag TypeID="0"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>`
    parts['Doc_0/Tags/CustomTag.xml'] = xml
      .replace('<EInvoice>', `<EInvoice ${ofd}>`)
      .replace(/>([^<>\s][^<>]*)</g, '><ofd:ObjectData>$1</ofd:ObjectData><')
  }
  return zipped(parts)
}

export const asStream = (content: string | Buffer) => Readable.from([Buffer.from(content)])
